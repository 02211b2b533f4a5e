import type { WireSession, WireUser } from "@/lib/contract";
import { Facts } from "@/lib/ui/facts";
import { Moment } from "@/lib/ui/moment";
import { SignedInFrame } from "@/lib/ui/signed-in-frame";
import { SessionList } from "./session-list";

interface OverviewProps {
  readonly user: WireUser;
  /** The one of this browser. */
  readonly session: WireSession;
  readonly sessions: readonly WireSession[];
}

/** What the dashboard shows, whoever found out for whom. */
export function Overview({ user, session, sessions }: OverviewProps) {
  return (
    <SignedInFrame user={user}>
      <h1 className="text-3xl font-semibold tracking-tight break-words">
        Hello, {user.name ?? user.username}
      </h1>
      <div className="mt-10 grid gap-6 md:grid-cols-2">
        <Facts
          heading="You"
          facts={[
            ["Name", user.name ?? "Not given"],
            ["User name", user.username],
            ["E-mail", user.email],
            ["Member since", <Moment key="since" at={user.created_at} />],
          ]}
        />
        <Facts
          heading="This session"
          facts={[
            ["Device", session.device],
            ["Signed in", <Moment key="created" at={session.created_at} />],
            ["Last used", <Moment key="used" at={session.last_used_at} />],
            ["Expires", <Moment key="expires" at={session.expires_at} />],
          ]}
        />
      </div>
      <div className="mt-12">
        <SessionList initial={sessions} />
      </div>
    </SignedInFrame>
  );
}
