import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WireSession, WireUser } from "../../lib/contract";
import { copyWithout } from "../support/copy-without";

const NOON = "2026-11-22T12:00:00.000Z";
const TOMORROW = "2026-11-23T12:00:00.000Z";

/**
 * A copy of the project whose dashboard is the same page with no guard: nobody is asked for a token and nothing is read,
 * the page shows a fixed person with so many sessions. The policy of every page stays. It builds itself when a server
 * is started in its folder; to be measured with `GET /dashboard`, with or without cookies.
 */
export async function unguardedCopy(
  sessions: number,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const copy = await copyWithout(".env");
  const write = (file: string, text: string) => writeFile(join(copy.folder, file), text);
  await write("lib/http/protected-path.ts", "export const isProtectedPath = () => false;\n");
  await write("lib/http/page-session.tsx", pageSessionOf(sessions));
  return copy;
}

/** In place of the module that guards pages, with all that a page takes from it. */
function pageSessionOf(sessions: number): string {
  return `
import type { ReactNode } from "react";
import { AuthProvider } from "@/lib/client/use-auth";

const user = ${JSON.stringify(USER)} as const;
const sessions = ${JSON.stringify(Array.from({ length: sessions }, (_, at) => session(at)))};

export function protectedPage(render: (session: never, props: unknown) => Promise<ReactNode>) {
  return async (props: unknown) => (
    <AuthProvider guarded initial={{ user, remainingSeconds: 899.5 }}>
      {await render({ user, session: sessions[0], remainingSeconds: 899.5 } as never, props)}
    </AuthProvider>
  );
}

export const listOwnSessions = async () => sessions;
`;
}

const USER: WireUser = {
  id: "unguardedunguarded0000",
  username: "bench-12345678",
  email: "bench-12345678@example.org",
  name: null,
  role: "user",
  disabled: false,
  created_at: NOON,
};

function session(at: number): WireSession {
  return {
    id: `unguardedsession${String(at).padStart(6, "0")}`,
    current: at === 0,
    created_at: NOON,
    last_used_at: NOON,
    expires_at: TOMORROW,
    ip: "127.0.0.1",
    user_agent: null,
    device: "Unknown device",
  };
}
