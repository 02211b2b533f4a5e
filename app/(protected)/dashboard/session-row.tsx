import { endSessionPath, type WireSession } from "@/lib/contract";
import { Button } from "@/lib/ui/button";
import { Moment } from "@/lib/ui/moment";

interface SessionRowProps {
  readonly session: WireSession;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

/** One session: on which device, from where, and a button to end it unless it is this one. */
export function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const deviceId = `device-${session.id}`;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
          <span id={deviceId}>{session.device}</span>
          {session.current && (
            <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-xs text-accent">
              This device
            </span>
          )}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-sm text-muted">
          <span className="min-w-0 break-all">{session.ip ?? "Unknown address"}</span>
          <span>
            Used <Moment at={session.last_used_at} relative />
          </span>
        </p>
      </div>
      {!session.current && (
        <form
          method="post"
          action={endSessionPath(session.id)}
          onSubmit={(event) => {
            event.preventDefault();
            onEnd();
          }}
        >
          <Button look="quiet" size="small" busy={busy} aria-describedby={deviceId}>
            End session
          </Button>
        </form>
      )}
    </li>
  );
}
