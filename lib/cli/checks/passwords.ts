import { availableParallelism } from "node:os";
import type { Settings } from "@/lib/config";
import type { BackendName, BackendNews } from "@/lib/password/bcrypt-backend.mjs";
import { openPasswordPool } from "@/lib/password/pool";
import { type Check, ok, warning } from "./check";

const NAME = "passwords";

/** So that nobody counts what a worker needs to start. */
const WARM_UP_COST = 10;

/** What was seen when one password was hashed. */
export interface Hashed {
  readonly wanted: BackendName;
  readonly by: BackendNews;
  readonly cost: number;
  readonly tookMs: number;
  readonly cores: number;
}

/** Hashes a password as a login does: what computes bcrypt here, and how long that takes. About a third of a second. */
export async function checkPasswords({
  bcryptBackend,
  bcryptCost,
}: Pick<Settings, "bcryptBackend" | "bcryptCost">): Promise<readonly Check[]> {
  const seen: (readonly [tookMs: number, by: BackendNews])[] = [];
  const pool = openPasswordPool(bcryptBackend, (_, tookMs, by) => void seen.push([tookMs, by]));
  try {
    for (const cost of [WARM_UP_COST, bcryptCost]) await pool.hash("nobody", cost);
  } finally {
    await pool.close();
  }
  const facts = { wanted: bcryptBackend, cost: bcryptCost, cores: availableParallelism() };
  return seen.slice(-1).map(([tookMs, by]) => judgeHashing({ ...facts, tookMs, by }));
}

/** Slower than it could be is a warning only where somebody has asked for more. */
export function judgeHashing({ wanted, by, cost, tookMs, cores }: Hashed): Check {
  const perSecond = ((1000 * cores) / tookMs).toFixed(1);
  const pace = `cost ${cost} takes ${tookMs.toFixed(0)} ms, so ${cores} cores serve ${perSecond} logins a second at most`;
  if (by.name === "native") return ok(NAME, `@node-rs/bcrypt hashes them: ${pace}.`);
  if (by.unusable !== null) {
    const why = `@node-rs/bcrypt cannot be used here (${by.unusable})`;
    return warning(NAME, `bcryptjs hashes them, because ${why}: ${pace}.`);
  }
  const isAbsent = wanted === "native";
  const why = isAbsent
    ? "@node-rs/bcrypt is not installed and would be faster"
    : "as BCRYPT_BACKEND says";
  return ok(NAME, `bcryptjs hashes them, ${why}: ${pace}.`);
}
