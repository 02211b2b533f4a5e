import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import type { Authorized } from "@/lib/auth/authorize";
import { isAuthError, type SessionEnd } from "@/lib/auth/errors";
import type { Peek } from "@/lib/auth/peek";
import { listSessions } from "@/lib/auth/sessions";
import { visit } from "@/lib/auth/visit";
import { AuthProvider } from "@/lib/client/use-auth";
import type { SignInReason, WireSession, WireUser } from "@/lib/contract";
import { auth } from "@/lib/server";
import { ResumePage } from "@/lib/ui/resume-page";
import { UnavailablePage } from "@/lib/ui/unavailable-page";
import { clientOf, contextFor } from "./call";
import { readCookies } from "./cookies";
import { currentExchange } from "./exchange";
import { tellFailure } from "./failure";
import { loginPath } from "./next-path";
import { PAGE_PATH_HEADER } from "./page-path";
import { SIGN_IN_REASON } from "./sign-in-reason";
import { wireSession, wireUser } from "./wire";

/** What a page may show of who is looking at it. */
export interface PageSession {
  readonly user: WireUser;
  /** The one of this browser. */
  readonly session: WireSession;
  /** Life that the access token has left; 0 tells the browser to refresh in the background. */
  readonly remainingSeconds: number;
}

/**
 * Wraps a protected page: `render` runs only for a live session, which is read from the database each time, whatever
 * `proxy.ts` let through. Without one: the login page, the resume page, or a 503 that redirects nowhere.
 */
export function protectedPage<Props>(
  render: (session: PageSession, props: Props) => ReactNode | Promise<ReactNode>,
): (props: Props) => Promise<ReactNode> {
  return async (props) => {
    const visitor = await visitorOfPage();
    if (visitor === "unavailable") return unavailable();
    const here = (await headers()).get(PAGE_PATH_HEADER) ?? "/dashboard";
    if (visitor.kind === "none") redirect(loginPath(here, reasonOf(visitor.ended)));
    if (visitor.kind === "resume") return <ResumePage loginHref={loginPath(here)} />;

    const session = pageSession(visitor.authorized);
    const { user, remainingSeconds } = session;
    try {
      const page = await render(session, props);
      return (
        <AuthProvider guarded initial={{ user, remainingSeconds }}>
          {page}
        </AuthProvider>
      );
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      tellFailure(error, { requestId: requestId() });
      return unavailable();
    }
  };
}

/** The session of a visitor to a public page, or null; also while the database is away. Never redirects. */
export async function readPageSession(): Promise<PageSession | null> {
  const visitor = await visitorOfPage();
  const isSignedIn = visitor !== "unavailable" && visitor.kind === "session";
  return isSignedIn ? pageSession(visitor.authorized) : null;
}

/** The visitor's own live sessions, newest use first. */
export async function listOwnSessions(): Promise<readonly WireSession[]> {
  const visitor = await visitorOfPage();
  if (visitor === "unavailable" || visitor.kind !== "session") return [];
  const { session } = visitor.authorized;
  const sessions = await listSessions(visitor.authorized, await auth());
  return sessions.map((own) => wireSession(own, session.id));
}

/** Once a request, however many components ask. */
const visitorOfPage = cache(async (): Promise<Peek | "unavailable"> => {
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

function pageSession({ user, session, remainingSeconds }: Authorized): PageSession {
  return {
    user: wireUser(user),
    session: wireSession(session, session.id),
    remainingSeconds,
  };
}

/** What the login page says of an end; nothing where nothing is known. */
function reasonOf(ended: SessionEnd): { readonly reason?: SignInReason } {
  const reason = SIGN_IN_REASON[ended];
  return reason === null ? {} : { reason };
}

/** Known under our own server only. */
const requestId = () => currentExchange()?.requestId;

function isUnavailable(thrown: unknown): boolean {
  return isAuthError(thrown) && thrown.code === "unavailable";
}

/** The neutral page, with the status that says so where our own server can set it. */
function unavailable(): ReactNode {
  const exchange = currentExchange();
  if (exchange !== null) exchange.status = 503;
  return <UnavailablePage />;
}
