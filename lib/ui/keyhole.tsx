/** The mark: a round brass plate with a keyhole. Belongs into an SVG, centred on its origin; `radius` in its units. */
export function Keyhole({ radius }: { readonly radius: number }) {
  return (
    <g transform={`scale(${radius / 10})`}>
      <circle r="10" className="fill-brass" />
      <path
        d="M0-6.5A4 4 0 0 1 2.1.9l1.4 5.6h-7L-2.1.9A4 4 0 0 1 0-6.5Z"
        className="fill-door-shade"
      />
    </g>
  );
}
