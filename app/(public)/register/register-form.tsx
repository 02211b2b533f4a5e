"use client";

import { useAuth } from "@/lib/client/use-auth";
import { PATHS } from "@/lib/contract";
import { AuthForm, type AuthFormStart } from "@/lib/ui/auth-form";
import { Field } from "@/lib/ui/field";
import { NewPasswordField } from "@/lib/ui/new-password-field";

interface RegisterFormProps {
  readonly start: AuthFormStart;
  readonly usernameRule: string;
  /** Code points. Said, not enforced: the server decides. */
  readonly passwordMinLength: number;
}

/** Creates an account and signs in, with and without scripts. */
export function RegisterForm({ start, usernameRule, passwordMinLength }: RegisterFormProps) {
  const { register } = useAuth();
  const { values } = start;
  return (
    <AuthForm
      start={start}
      action={PATHS.register}
      send={register}
      lead="You are signed in as soon as it exists."
      submit="Create account"
    >
      {(errors) => (
        <>
          <Field
            label="User name"
            name="username"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            hint={usernameRule}
            defaultValue={values.username}
            error={errors.username}
          />
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="email"
            required
            defaultValue={values.email}
            error={errors.email}
          />
          <Field
            label="Your name (optional)"
            name="name"
            type="text"
            autoComplete="name"
            defaultValue={values.name}
            error={errors.name}
          />
          <NewPasswordField
            label="Password"
            minLength={passwordMinLength}
            error={errors.password}
          />
        </>
      )}
    </AuthForm>
  );
}
