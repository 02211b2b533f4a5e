import { systemClock } from "@/lib/clock";
import { measureOffset } from "@/lib/database-clock";
import { openDatabase } from "@/lib/db/open";
import { postgresFacts } from "@/lib/db/postgres-facts";
import { sqliteFacts } from "@/lib/db/sqlite-facts";
import { isLoopback } from "@/lib/origin";
import { migrationState } from "@/prisma/migration-state";
import { providerOf } from "@/prisma/providers";
import { type Check, checked, ok, problem, warning } from "./check";
import { judgePostgres } from "./postgres";
import { judgeSqlite } from "./sqlite";

/** Session time is the database's; this far off, the machine's own log is hard to read beside it. Milliseconds. */
const OFFSET_MAX_MS = 1000;

/**
 * Everything about the database of a `DATABASE_URL`. Changes nothing in it.
 *
 * @param poolSize connections to PostgreSQL that one instance may hold; null: not known
 */
export async function checkDatabase(
  url: string,
  poolSize: number | null,
): Promise<readonly Check[]> {
  const server = await checked("database", async () =>
    providerOf(url) === "sqlite"
      ? judgeSqlite(await sqliteFacts(url))
      : judgePostgres(await postgresFacts(url), isNear(url), poolSize),
  );
  // one that does not answer would only be waited for twice more
  if (server.some(({ status }) => status === "problem")) return server;
  return [
    ...server,
    ...(await checked("migrations", () => checkMigrations(url))),
    ...(await checked("clock", () => checkClock(url))),
  ];
}

async function checkMigrations(url: string): Promise<readonly Check[]> {
  const { pending, ahead } = await migrationState(url);
  const checks: Check[] = [];
  if (pending.length > 0) {
    const remedy = "a start applies them, or `latchkey migrate`";
    checks.push(problem("migrations", `The database lacks ${pending.join(", ")}: ${remedy}.`));
  }
  if (ahead.length > 0) {
    const meaning = "a newer version was here";
    checks.push(warning("migrations", `The database also has ${ahead.join(", ")}: ${meaning}.`));
  }
  return checks.length > 0 ? checks : [ok("migrations", "The database lacks none.")];
}

async function checkClock(url: string): Promise<readonly Check[]> {
  const { readTime, close } = await openDatabase(url);
  try {
    if (readTime === null)
      return [ok("clock", "The machine's own; whether it is right is not checked.")];
    await readTime(); // connects, so that the measurement need not
    const offsetMs = await measureOffset(readTime, systemClock);
    const detail = `The machine's clock and the database's, which decides, are ${Math.abs(offsetMs)} ms apart.`;
    return [Math.abs(offsetMs) > OFFSET_MAX_MS ? warning("clock", detail) : ok("clock", detail)];
  } finally {
    await close();
  }
}

/** Whether the server is on this machine; a socket's path stands in the query. */
function isNear(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  return hostname === "" || searchParams.has("host") || isLoopback(new URL(`http://${hostname}`));
}
