import type { Session, User } from "@/lib/auth/store";
import { migrate } from "@/prisma/migrate";
import { type Bare, openBare } from "./bare";
import { type Population, sessionNumbered, userNumbered, usersOf } from "./population";

/** Rows of one INSERT. */
const BATCH = 2_000;

/** Column → what it holds. */
type Columns<T> = Readonly<Record<string, (of: T) => string | number | null>>;

const USER: Columns<User> = {
  id: ({ id }) => id,
  username: ({ username }) => username,
  email: ({ email }) => email,
  name: ({ name }) => name,
  role: ({ role }) => role,
  password_hash: ({ passwordHash }) => passwordHash,
  created_at: ({ createdAt }) => createdAt,
};

const SESSION: Columns<Session> = {
  id: ({ id }) => id,
  user_id: ({ userId }) => userId,
  secret_hash: ({ secretHash }) => secretHash,
  generation: ({ generation }) => generation,
  rotated_at: ({ rotatedAt }) => rotatedAt,
  attempt_hash: ({ attemptHash }) => attemptHash,
  created_at: ({ createdAt }) => createdAt,
  authenticated_at: ({ authenticatedAt }) => authenticatedAt,
  idle_end_at: ({ idleEndAt }) => idleEndAt,
  absolute_end_at: ({ absoluteEndAt }) => absoluteEndAt,
  transport: ({ transport }) => transport,
  scope: ({ scope }) => scope,
  user_agent: ({ userAgent }) => userAgent,
  ip: ({ ip }) => ip,
};

/**
 * Migrates an empty database and fills it with a population, as it is after a time of use: statistics are known, and
 * nothing waits to be written or swept.
 */
export async function fill(url: string, population: Population): Promise<void> {
  await migrate(url);
  const bare = await openBare(url);
  if (bare.provider === "sqlite") {
    await bare.rows("PRAGMA synchronous = OFF");
    await bare.rows("PRAGMA cache_size = -500000");
  }
  // in one transaction: pages of an index that fills in no order are written once and not once a batch
  await bare.run("BEGIN");
  const users = numbers(usersOf(population), (number) => userNumbered(number, population));
  await insertAll(bare, `"user"`, USER, "disabled", "FALSE", users);
  const sessions = numbers(population.sessions, (number) => sessionNumbered(number, population));
  await insertAll(bare, "session", SESSION, "remembered", "TRUE", sessions);
  await bare.run("COMMIT");
  if (bare.provider === "sqlite") await bare.rows("PRAGMA wal_checkpoint(TRUNCATE)");
  else await bare.run("VACUUM ANALYZE");
  await bare.close();
}

function* numbers<T>(count: number, make: (number: number) => T): Iterable<T> {
  for (let number = 0; number < count; number++) yield make(number);
}

/** @param constant the value of the column `also` in every row */
async function insertAll<T>(
  bare: Bare,
  table: string,
  columns: Columns<T>,
  also: string,
  constant: string,
  records: Iterable<T>,
): Promise<void> {
  const of = Object.values(columns);
  const flush = async (batch: (string | number | null)[][]) => {
    const values = batch[0]?.map((value, at) =>
      typeof value === "number" ? `CAST(value ->> ${at} AS BIGINT)` : `value ->> ${at}`,
    );
    const each =
      bare.provider === "sqlite" ? "json_each(?)" : "json_array_elements(CAST($1 AS JSON))";
    await bare.run(
      `INSERT INTO ${table} (${Object.keys(columns)}, ${also}) SELECT ${values}, ${constant} FROM ${each}`,
      JSON.stringify(batch),
    );
  };
  let batch: (string | number | null)[][] = [];
  for (const record of records) {
    batch.push(of.map((value) => value(record)));
    if (batch.length === BATCH) {
      await flush(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await flush(batch);
}
