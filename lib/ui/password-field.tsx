"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { describedBy, FIELD_CLASS, FieldFrame, type FieldWords } from "./field-frame";
import { useHydrated } from "./use-hydrated";

interface PasswordFieldProps extends FieldWords, Pick<ComponentProps<"input">, "required"> {
  readonly autoComplete: "current-password" | "new-password";
}

/** The password, hidden unless its owner asks to see it. Never carries a value of ours, never stops a paste. */
export function PasswordField({ label, hint, error, autoComplete, required }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const hydrated = useHydrated();
  const input = useRef<HTMLInputElement>(null);

  // A browser may remember what is sent from a plain text field.
  useEffect(() => {
    const form = input.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, []);

  return (
    <FieldFrame id="password" label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          ref={input}
          id="password"
          name="password"
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required={required}
          className={`${FIELD_CLASS} pr-20`}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy("password", error)}
        />
        <button
          type="button"
          hidden={!hydrated}
          aria-label="Show password"
          aria-pressed={shown}
          aria-controls="password"
          onClick={() => setShown(!shown)}
          className="absolute inset-y-1 right-1 w-16 rounded-md text-sm font-medium text-accent not-aria-pressed:hover:bg-accent-soft aria-pressed:bg-accent aria-pressed:text-on-accent"
        >
          Show
        </button>
      </div>
    </FieldFrame>
  );
}
