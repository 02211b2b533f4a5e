"use client";

import { useAuth } from "@/lib/client/use-auth";
import { PATHS } from "@/lib/contract";
import { AuthForm, type AuthFormStart } from "@/lib/ui/auth-form";
import { Field } from "@/lib/ui/field";
import { PasswordField } from "@/lib/ui/password-field";

/** Signs in, with and without scripts. */
export function LoginForm({ start }: { readonly start: AuthFormStart }) {
  const { login } = useAuth();
  return (
    <AuthForm
      start={start}
      action={PATHS.login}
      send={login}
      lead="Use your user name or your e-mail."
      submit="Sign in"
    >
      {(errors) => (
        <>
          <Field
            label="User name or e-mail"
            name="username"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            defaultValue={start.values.username}
            error={errors.username}
          />
          <PasswordField
            label="Password"
            autoComplete="current-password"
            required
            error={errors.password}
          />
        </>
      )}
    </AuthForm>
  );
}
