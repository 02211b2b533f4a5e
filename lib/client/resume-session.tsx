"use client";

import { useLayoutEffect, useState } from "react";
import { browserAuth } from "./browser";
import type { PageRole } from "./tab-page";
import { useAuth } from "./use-auth";

const WAITING = {
  offline: "You seem to be offline. Trying again…",
  unavailable: "The service cannot be reached at the moment. Trying again…",
  cookies: "This browser does not keep our cookies.",
} as const;

/**
 * Gets the session of this browser back and loads the page again; goes to `loginHref` when there is none any more.
 * Renders a line that says so politely when that takes longer, and nothing else.
 */
export function ResumeSession({ loginHref }: { readonly loginHref: string }) {
  const [role] = useState<PageRole>(() => ({ kind: "resume", initial: null, loginHref }));
  useLayoutEffect(() => browserAuth().enter(role), [role]);
  const { trouble } = useAuth();
  return <p role="status">{trouble !== null && WAITING[trouble]}</p>;
}
