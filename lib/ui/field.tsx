import type { ComponentProps } from "react";
import { describedBy, FIELD_CLASS, FieldFrame, type FieldWords } from "./field-frame";

interface FieldProps extends Omit<ComponentProps<"input">, "id" | "className">, FieldWords {
  readonly name: string;
}

/** One line of text with its label and what is wrong with it. `name` is also its id: one such form a page. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  return (
    <FieldFrame id={input.name} label={label} hint={hint} error={error}>
      <input
        {...input}
        id={input.name}
        className={FIELD_CLASS}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(input.name, error)}
      />
    </FieldFrame>
  );
}
