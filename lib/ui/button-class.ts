import { classNames } from "./class-names";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "border border-edge bg-surface text-ink hover:bg-accent-soft",
} as const;

const SIZES = {
  normal: "min-h-11 px-6",
  small: "min-h-9 px-5 text-sm",
} as const;

export interface ButtonLook {
  readonly look?: keyof typeof LOOKS | undefined;
  readonly size?: keyof typeof SIZES | undefined;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ look = "primary", size = "normal" }: ButtonLook = {}): string {
  return classNames(
    "inline-flex items-center justify-center rounded-lg font-medium transition-colors motion-reduce:transition-none",
    LOOKS[look],
    SIZES[size],
  );
}
