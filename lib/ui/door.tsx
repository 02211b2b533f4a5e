import { Keyhole } from "./keyhole";

/**
 * Decoration that fills its box: a panelled door, with the keyhole in the middle. In the band of a narrow screen its
 * size does not follow the width, so that the keyhole stays whole.
 */
export function Door() {
  return (
    <svg
      viewBox="0 0 560 900"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-y-0 left-1/2 h-full w-96 -translate-x-1/2 lg:w-full"
      aria-hidden="true"
    >
      <Panel y={-260} height={600} />
      <Panel y={560} height={600} />
      <circle cx="280" cy="453" r="47" className="fill-door-shade" />
      <circle cx="280" cy="450" r="46" className="fill-brass-shade" />
      <g transform="translate(280 450)">
        <Keyhole radius={42} />
      </g>
    </svg>
  );
}

/** A recessed panel: shade on the upper edge, shine on the lower one. */
function Panel({ y, height }: { readonly y: number; readonly height: number }) {
  return (
    <g fill="none" strokeWidth="3">
      <rect x="80" y={y} width="400" height={height} rx="6" className="stroke-door-shade" />
      <rect x="80" y={y + 3} width="400" height={height} rx="6" className="stroke-door-shine" />
      <rect
        x="112"
        y={y + 32}
        width="336"
        height={height - 64}
        rx="4"
        className="stroke-door-shade"
      />
    </g>
  );
}
