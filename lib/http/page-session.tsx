import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import type { SessionEnd } from "@/lib/auth/errors";
import { listSessions } from "@/lib/auth/sessions";
import { AuthProvider } from "@/lib/client/use-auth";
import type { SignInReason, WireSession } from "@/lib/contract";
import { auth } from "@/lib/server";
import { ResumePage } from "@/lib/ui/resume-page";
import { UnavailablePage } from "@/lib/ui/unavailable-page";
import { currentExchange } from "./exchange";
import { tellFailure } from "./failure";
import { loginPath } from "./next-path";
import { PAGE_PATH_HEADER } from "./page-path";
import {
  isUnavailable,
  type PageSession,
  pageSession,
  requestId,
  visitorOfPage,
} from "./page-visitor";
import { SIGN_IN_REASON } from "./sign-in-reason";
import { wireSession } from "./wire";

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

/** The visitor's own live sessions, newest use first. */
export async function listOwnSessions(): Promise<readonly WireSession[]> {
  const visitor = await visitorOfPage();
  if (visitor === "unavailable" || visitor.kind !== "session") return [];
  const { session } = visitor.authorized;
  const sessions = await listSessions(visitor.authorized, await auth());
  return sessions.map((own) => wireSession(own, session.id));
}

/** What the login page says of an end; nothing where nothing is known. */
function reasonOf(ended: SessionEnd): { readonly reason?: SignInReason } {
  const reason = SIGN_IN_REASON[ended];
  return reason === null ? {} : { reason };
}

/** The neutral page, with the status that says so where our own server can set it. */
function unavailable(): ReactNode {
  const exchange = currentExchange();
  if (exchange !== null) exchange.status = 503;
  return <UnavailablePage />;
}
