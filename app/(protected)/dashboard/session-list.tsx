"use client";

import { useRef } from "react";
import { PATHS, type WireSession } from "@/lib/contract";
import { Button } from "@/lib/ui/button";
import { classNames } from "@/lib/ui/class-names";
import { SessionRow } from "./session-row";
import { useSessionFeed } from "./use-session-feed";

/** Where its owner is signed in, newest use first. Ending works by plain forms; with scripts the list stays live. */
export function SessionList({ initial }: { readonly initial: readonly WireSession[] }) {
  const [{ sessions, ending, news, failed }, feed] = useSessionFeed(initial);
  const heading = useRef<HTMLHeadingElement>(null);

  // The button that was pressed goes away with its session, and the focus would go with it.
  const thenFocusHeading = async (ended: Promise<void>) => {
    await ended;
    if (!feed.current().failed) heading.current?.focus();
  };

  return (
    <section aria-labelledby="sessions-heading">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h2 id="sessions-heading" ref={heading} tabIndex={-1} className="text-lg font-semibold">
          Where you are signed in
        </h2>
        {sessions.some(({ current }) => !current) && (
          <form
            method="post"
            action={PATHS.endOtherSessions}
            onSubmit={(event) => {
              event.preventDefault();
              void thenFocusHeading(feed.endOthers());
            }}
          >
            <Button look="quiet" size="small" busy={ending === "others"}>
              End all other sessions
            </Button>
          </form>
        )}
      </div>
      <p
        role="status"
        className={classNames("mt-1 min-h-6 text-sm", failed ? "text-danger" : "text-muted")}
      >
        {news}
      </p>
      <ul className="mt-2 divide-y divide-line rounded-2xl border border-line bg-surface">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={ending === session.id}
            onEnd={() => void thenFocusHeading(feed.end(session))}
          />
        ))}
      </ul>
    </section>
  );
}
