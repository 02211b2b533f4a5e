import type { AuthContext } from "./context";
import { AuthError } from "./errors";

/** Counts what comes within a minute, in the memory of one process; bounded however many keys there are. */
export interface FloodCounter {
  /** Counts one; the seconds to wait when that was one too many, else null. */
  excess(key: string): Promise<number | null>;
}

/** What is limited without asking the database. */
export interface Floods {
  /** Refresh tokens that are not ours, by address. */
  readonly garbage: FloodCounter;
  /** Refreshes of one session. */
  readonly session: FloodCounter;
}

/** A minute. Honest clients come nowhere near. */
export const FLOOD_LIMITS: Readonly<Record<keyof Floods, number>> = {
  garbage: 300,
  session: 12_000,
};

/** @throws AuthError `rate_limited`, which says nothing of the token: no cookie is touched */
export async function limitFlood(
  counted: keyof Floods,
  key: string,
  { floods, settings, report }: AuthContext,
): Promise<void> {
  if (!settings.limitsRates) return;
  const retryAfterSeconds = await floods[counted].excess(key);
  if (retryAfterSeconds === null) return;
  report({ event: "excess_rate_limit_exceeded", reason: counted });
  throw new AuthError("rate_limited", { retryAfterSeconds });
}
