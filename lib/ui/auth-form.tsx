"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { FormMessage } from "./form-message";
import type { FormProblem } from "./form-problem";
import { RememberField } from "./remember-field";
import { useHydrated } from "./use-hydrated";
import { type Send, useSignIn } from "./use-sign-in";

/** What a page hands to a form that signs somebody in. */
export interface AuthFormStart {
  /** Where to go afterwards; safe already. */
  readonly next: string;
  /** What was typed before an error. */
  readonly values: Readonly<Record<string, string>>;
  readonly problem: FormProblem | null;
  /** Why the last session ended. */
  readonly notice?: string | null;
}

interface AuthFormProps {
  readonly start: AuthFormStart;
  readonly action: string;
  readonly send: Send;
  readonly lead: string;
  readonly submit: string;
  /** The fields, given what is wrong with them by name. */
  readonly children: (errors: FormProblem["fields"]) => ReactNode;
}

/** A plain form that posts without scripts; with them it stays on the page when it is refused. */
export function AuthForm({ start, action, send, lead, submit, children }: AuthFormProps) {
  const { next, values, notice = null } = start;
  const { form, problem, busy, onSubmit } = useSignIn(send, next, start.problem);
  const hydrated = useHydrated();
  return (
    <form
      ref={form}
      method="post"
      action={action}
      noValidate={hydrated}
      onSubmit={onSubmit}
      className="space-y-4"
    >
      <FormMessage problem={problem?.message ?? null} notice={notice} lead={lead} />
      <input type="hidden" name="next" value={next} />
      {children(problem?.fields ?? {})}
      <RememberField defaultChecked={values.remember === "true"} />
      <Button busy={busy} className="w-full">
        {submit}
      </Button>
    </form>
  );
}
