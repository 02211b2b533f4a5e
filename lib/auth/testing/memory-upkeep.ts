import type { Instant } from "@/lib/clock";
import type { Session, SessionId } from "../store";
import type { Upkeep } from "../upkeep";

interface Lease {
  readonly holder: string;
  readonly expiresAt: Instant;
}

/** The executable specification of `Upkeep`, as `memoryStore` is of the rest. */
export function memoryUpkeep(sessions: Map<SessionId, Session>): Upkeep {
  const leases = new Map<string, Lease>();
  return {
    async claimLease(name, holder, now, expiresAt) {
      const lease = leases.get(name);
      if (lease && lease.holder !== holder && lease.expiresAt > now) return false;
      leases.set(name, { holder, expiresAt });
      return true;
    },

    async releaseLease(name, holder) {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },

    async deleteDeadSessions(now, atMost) {
      const dead = [...sessions.values()]
        .filter(({ absoluteEndAt }) => absoluteEndAt <= now)
        .sort((a, b) => a.absoluteEndAt - b.absoluteEndAt)
        .slice(0, atMost);
      for (const { id } of dead) sessions.delete(id);
      return dead.length;
    },
  };
}
