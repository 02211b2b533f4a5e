"use client";

import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type AuthOutcome, useAuth } from "@/lib/client/use-auth";
import { type FormProblem, problemFromFailure } from "./form-problem";

/** `useAuth().login` or `register`. */
export type Send = (fields: Readonly<Record<string, string>>) => Promise<AuthOutcome>;

interface SignIn {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly problem: FormProblem | null;
  readonly busy: boolean;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/**
 * A form that signs somebody in, sent by script where scripts run. What it sends is what the plain form would.
 *
 * As soon as the tab is signed in, by this form or by another tab, the document moves on to `next`, which the
 * server has made safe, and leaves no form behind for the back button. `initialProblem` is what the server
 * said of the form posted without a script.
 */
export function useSignIn(send: Send, next: string, initialProblem: FormProblem | null): SignIn {
  const { status } = useAuth();
  const [problem, setProblem] = useState(initialProblem);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (status === "authenticated") location.replace(next);
  }, [status, next]);

  useEffect(() => {
    if (problem === null) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const fields = textFields(new FormData(event.currentTarget));
    setBusy(true);
    const outcome = await send(fields);
    if (outcome.ok) return;
    setBusy(false);
    setProblem(problemFromFailure(outcome));
  };

  return { form, problem, busy, onSubmit };
}

function textFields(data: FormData): Readonly<Record<string, string>> {
  return Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
}
