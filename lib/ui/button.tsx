import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { classNames } from "./class-names";

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
      className={classNames(buttonClass({ look, size }), className)}
    >
      <span className="relative">
        {busy && <span aria-hidden="true" className={SPINNER} />}
        {children}
      </span>
    </button>
  );
}

/** A turning ring with a gap. */
const SPINNER =
  "absolute inset-y-0 right-full my-auto mr-1 size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent motion-reduce:animate-none";
