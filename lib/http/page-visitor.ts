import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import type { Authorized } from "@/lib/auth/authorize";
import { isAuthError } from "@/lib/auth/errors";
import type { Peek } from "@/lib/auth/peek";
import { visit } from "@/lib/auth/visit";
import type { WireSession, WireUser } from "@/lib/contract";
import { clientOf, contextFor } from "./call";
import { readCookies } from "./cookies";
import { currentExchange } from "./exchange";
import { tellFailure } from "./failure";
import { wireSession, wireUser } from "./wire";

/** What a page may show of who is looking at it. */
export interface PageSession {
  readonly user: WireUser;
  /** The one of this browser. */
  readonly session: WireSession;
  /** Life that the access token has left; 0 tells the browser to refresh in the background. */
  readonly remainingSeconds: number;
}

/** The session of a visitor to a public page, or null; also while the database is away. Never redirects. */
export async function readPageSession(): Promise<PageSession | null> {
  const visitor = await visitorOfPage();
  const isSignedIn = visitor !== "unavailable" && visitor.kind === "session";
  return isSignedIn ? pageSession(visitor.authorized) : null;
}

/** Who asks for the page that is being made; read once a request, however many components ask. */
export const visitorOfPage = cache(async (): Promise<Peek | "unavailable"> => {
  const sent = await headers();
  const cookies = readCookies(sent.get("cookie"));
  if (cookies.isAmbiguous) return { kind: "none", ended: "unknown" };
  try {
    const client = clientOf(sent);
    return await visit(cookies, client, await contextFor(client, requestId()));
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    tellFailure(error, { requestId: requestId() });
    return "unavailable";
  }
});

export function pageSession({ user, session, remainingSeconds }: Authorized): PageSession {
  return {
    user: wireUser(user),
    session: wireSession(session, session.id),
    remainingSeconds,
  };
}

/** Of this page's exchange; known under our own server only. */
export const requestId = () => currentExchange()?.requestId;

export function isUnavailable(thrown: unknown): boolean {
  return isAuthError(thrown) && thrown.code === "unavailable";
}
