import { classNames } from "./class-names";
import { Keyhole } from "./keyhole";

interface BrandProps {
  /** Classes of the mark, for where the door is in sight already. */
  readonly markClassName?: string;
}

/** The name with its mark, linked to the home page. */
export function Brand({ markClassName }: BrandProps) {
  return (
    <a
      href="/"
      className="inline-flex items-center gap-2.5 rounded-lg font-semibold tracking-tight"
    >
      <svg viewBox="0 0 32 32" className={classNames("size-8", markClassName)} aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-door" />
        <g transform="translate(16 16)">
          <Keyhole radius={10} />
        </g>
      </svg>
      Latchkey
    </a>
  );
}
