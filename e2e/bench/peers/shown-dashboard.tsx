import { AuthProvider } from "@/lib/client/use-auth";
import type { WireSession, WireUser } from "@/lib/contract";
import { Overview } from "../../../app/(protected)/dashboard/overview";

/** What our dashboard shows of somebody with one session, for a peer to show the same: its data cost the peer nothing. */
export function ShownDashboard({ user }: { readonly user: WireUser }) {
  return (
    <AuthProvider guarded initial={{ user, remainingSeconds: 900 }}>
      <Overview user={user} session={SESSION} sessions={[SESSION]} />
    </AuthProvider>
  );
}

const SESSION: WireSession = {
  id: "2f9c1c52-9d0e-4a86-8a4b-6f3f5d1e7c11",
  current: true,
  created_at: "2026-11-22T08:00:00.000Z",
  last_used_at: "2026-11-22T08:00:00.000Z",
  expires_at: "2026-11-29T08:00:00.000Z",
  ip: "127.0.0.1",
  user_agent: null,
  device: "Unknown device",
};

/** Somebody to show it to where nobody is signed in. */
export const SOMEBODY: WireUser = {
  id: "0d4b7f0a-58f0-4c4d-9d53-8a3c86a2a9d4",
  username: "bench-0d4b7f0a",
  email: "bench-0d4b7f0a@example.org",
  name: null,
  role: "user",
  disabled: false,
  created_at: "2026-11-22T08:00:00.000Z",
};
