"use client";

import { type AuthState, useAuth } from "@/lib/client/use-auth";

const TEXTS: Readonly<Record<NonNullable<AuthState["trouble"]>, string>> = {
  offline: "Offline. You stay signed in; retrying…",
  unavailable: "We cannot be reached. You stay signed in; retrying…",
  cookies: "Your browser blocks our cookies, so you cannot stay signed in here.",
};

/** Says at the foot of the window that the session cannot be renewed at the moment; silent while it can. */
export function ConnectionNote() {
  const { trouble } = useAuth();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 flex justify-center px-4"
    >
      {trouble !== null && (
        <p className="rounded-xl bg-ink px-4 py-2.5 text-sm text-page shadow-lg">
          {TEXTS[trouble]}
        </p>
      )}
    </div>
  );
}
