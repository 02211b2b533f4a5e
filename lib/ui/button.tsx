import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "border border-edge bg-surface text-ink hover:bg-accent-soft",
} as const;

const SIZES = {
  normal: "min-h-11 px-6",
  small: "min-h-9 px-5 text-sm",
} as const;

interface ButtonLook {
  readonly look?: keyof typeof LOOKS;
  readonly size?: keyof typeof SIZES;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ look = "primary", size = "normal" }: ButtonLook = {}): string {
  return clsx(
    "inline-flex items-center justify-center rounded-lg font-medium transition-colors motion-reduce:transition-none",
    LOOKS[look],
    SIZES[size],
  );
}

interface ButtonProps extends ComponentProps<"button">, ButtonLook {
  readonly busy?: boolean;
}

/**
 * A button. A busy one keeps its width, its words and the focus, and says so; it does NOT stop a second click,
 * which is for the form's handler to ignore.
 */
export function Button({ busy = false, look, size, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="submit"
      {...rest}
      aria-busy={busy}
      aria-disabled={busy}
      className={clsx(buttonClass({ ...(look && { look }), ...(size && { size }) }), className)}
    >
      <span className="relative">
        {busy && (
          <LoaderCircle
            aria-hidden="true"
            className="absolute inset-y-0 right-full my-auto mr-1 size-3.5 animate-spin motion-reduce:animate-none"
          />
        )}
        {children}
      </span>
    </button>
  );
}
