import type { PostgresFacts } from "@/lib/db/postgres-facts";
import { type Check, ok, problem, warning } from "./check";

const NAME = "database";

/** The oldest release with everything that the statements say. */
const OLDEST_MAJOR = 12;

/**
 * What the facts of a PostgreSQL server mean for us. Pure.
 *
 * @param isNear whether it is on this machine
 * @param poolSize connections that one instance may hold; null: not known
 */
export function judgePostgres(
  facts: PostgresFacts,
  isNear: boolean,
  poolSize: number | null,
): readonly Check[] {
  const { version, major } = facts;
  const checks: Check[] = [
    major < OLDEST_MAJOR
      ? problem(NAME, `PostgreSQL ${version} is too old: ${OLDEST_MAJOR} or newer is needed.`)
      : ok(NAME, `PostgreSQL ${version} answers.`),
  ];
  if (facts.isStandby) {
    checks.push(problem(NAME, "This is a standby: DATABASE_URL must name the primary."));
  }
  if (facts.isolation !== "read committed") {
    const needed = "the store needs read committed";
    checks.push(problem(NAME, `Transactions are ${facts.isolation}: ${needed}.`));
  }
  if (["off", "local"].includes(facts.synchronousCommit)) {
    const meaning = "a crash may undo a logout that was confirmed";
    checks.push(warning(NAME, `synchronous_commit is ${facts.synchronousCommit}: ${meaning}.`));
  }
  if (!facts.isEncrypted && !isNear) {
    checks.push(warning(NAME, "The connection to another machine is not encrypted."));
  }
  return poolSize === null ? checks : [...checks, judgeConnections(facts, poolSize)];
}

function judgeConnections({ connections, connectionsInUse }: PostgresFacts, poolSize: number) {
  const use = `${connectionsInUse} of ${connections} connections are in use, an instance takes up to ${poolSize}`;
  const instances = Math.floor(connections / poolSize);
  return connectionsInUse + poolSize > connections
    ? warning("connections", `${use}: one more may find none.`)
    : ok("connections", `${use}: enough for ${instances} if nobody else takes any.`);
}
