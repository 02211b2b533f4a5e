"use client";

import { useAuth } from "@/lib/client/use-auth";
import { PATHS } from "@/lib/contract";
import { Button } from "@/lib/ui/button";
import { Field } from "@/lib/ui/field";
import { FormMessage } from "@/lib/ui/form-message";
import type { FormProblem } from "@/lib/ui/form-problem";
import { PasswordField } from "@/lib/ui/password-field";
import { RememberField } from "@/lib/ui/remember-field";
import { useAuthForm } from "@/lib/ui/use-auth-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

interface RegisterFormProps {
  /** Where to go afterwards; safe already. */
  readonly next: string;
  /** What was typed before an error. */
  readonly values: Readonly<Record<string, string>>;
  readonly problem: FormProblem | null;
  /** Code points. Said, not enforced: the server decides. */
  readonly passwordMinLength: number;
}

/** Creates an account and signs in. Works like the login form, with and without scripts. */
export function RegisterForm(props: RegisterFormProps) {
  const { next, values, passwordMinLength } = props;
  const { register } = useAuth();
  const { form, problem, busy, onSubmit } = useAuthForm(register, next, props.problem);
  const hydrated = useHydrated();
  return (
    <form
      ref={form}
      method="post"
      action={PATHS.register}
      noValidate={hydrated}
      onSubmit={onSubmit}
      className="space-y-4"
    >
      <FormMessage
        problem={problem?.message ?? null}
        lead="You are signed in as soon as it exists."
      />
      <input type="hidden" name="next" value={next} />
      <Field
        label="User name"
        name="username"
        type="text"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        hint="3 to 32 letters, digits, dots, dashes or underscores, starting with a letter or digit"
        defaultValue={values.username}
        error={problem?.fields.username}
      />
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={values.email}
        error={problem?.fields.email}
      />
      <Field
        label="Your name (optional)"
        name="name"
        type="text"
        autoComplete="name"
        defaultValue={values.name}
        error={problem?.fields.name}
      />
      <PasswordField
        label="Password"
        autoComplete="new-password"
        required
        hint={`At least ${passwordMinLength} characters`}
        error={problem?.fields.password}
      />
      <RememberField defaultChecked={values.remember === "true"} />
      <Button busy={busy} className="w-full">
        Create account
      </Button>
    </form>
  );
}
