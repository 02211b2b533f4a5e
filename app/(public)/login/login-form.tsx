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

interface LoginFormProps {
  /** Where to go afterwards; safe already. */
  readonly next: string;
  /** What was typed before an error. */
  readonly values: Readonly<Record<string, string>>;
  readonly problem: FormProblem | null;
  /** Why the last session ended. */
  readonly notice: string | null;
}

/** Signs in. A plain form that posts without scripts; with them it stays on the page when it is refused. */
export function LoginForm({ next, values, problem: initialProblem, notice }: LoginFormProps) {
  const { login } = useAuth();
  const { form, problem, busy, onSubmit } = useAuthForm(login, next, initialProblem);
  const hydrated = useHydrated();
  return (
    <form
      ref={form}
      method="post"
      action={PATHS.login}
      noValidate={hydrated}
      onSubmit={onSubmit}
      className="space-y-4"
    >
      <FormMessage
        problem={problem?.message ?? null}
        notice={notice}
        lead="Use your user name or your e-mail."
      />
      <input type="hidden" name="next" value={next} />
      <Field
        label="User name or e-mail"
        name="username"
        type="text"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={values.username}
        error={problem?.fields.username}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        required
        error={problem?.fields.password}
      />
      <RememberField defaultChecked={values.remember === "true"} />
      <Button busy={busy} className="w-full">
        Sign in
      </Button>
    </form>
  );
}
