"use client";

import { PasswordField } from "./password-field";
import { StrengthMeter } from "./strength-meter";
import { usePasswordAdvice } from "./use-password-advice";

interface NewPasswordFieldProps {
  readonly label: string;
  /** Code points. Said, not enforced: the server decides. */
  readonly minLength: number;
  readonly error?: string | undefined;
}

/** A password that is to be chosen: how good it is, and why it would be refused, is said while it is typed. */
export function NewPasswordField({ label, minLength, error }: NewPasswordFieldProps) {
  const { frame, advice } = usePasswordAdvice(minLength);
  // what is said of the password that stands there now counts, not what was said of the one that was sent
  const isSaid = advice === null || advice.text === error;
  return (
    <div ref={frame}>
      <PasswordField
        label={label}
        autoComplete="new-password"
        required
        hint={`At least ${minLength} characters`}
        error={isSaid ? error : undefined}
      />
      <StrengthMeter advice={isSaid ? null : advice} />
    </div>
  );
}
