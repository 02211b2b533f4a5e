import type { Session, User } from "@/lib/auth/store";
import { migrate } from "@/prisma/migrate";
import { type Bare, openBare } from "./bare";
import { type Population, sessionNumbered, userNumbered, usersOf } from "./population";

/** Rows of one INSERT. */
const BATCH = 2_000;

/** Column → what it holds. */
type Columns<T> = Readonly<Record<string, (of: T) => Value>>;
type Value = string | number | boolean | null;

const USER: Columns<User> = {
  id: ({ id }) => id,
  username: ({ username }) => username,
  email: ({ email }) => email,
  name: ({ name }) => name,
  role: ({ role }) => role,
  disabled: ({ disabled }) => disabled,
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
  remembered: ({ remembered }) => remembered,
  scope: ({ scope }) => scope,
  user_agent: ({ userAgent }) => userAgent,
  ip: ({ ip }) => ip,
};

/**
 * Migrates an empty database and fills it with a population, as it is after a time of use: statistics are known, and
 * nothing waits to be written or swept. A minute for a million sessions.
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
  await insert(bare, `"user"`, USER, usersOf(population), (number) =>
    userNumbered(number, population),
  );
  await insert(bare, "session", SESSION, population.sessions, (number) =>
    sessionNumbered(number, population),
  );
  await bare.run("COMMIT");
  if (bare.provider === "sqlite") await bare.rows("PRAGMA wal_checkpoint(TRUNCATE)");
  else await bare.run("VACUUM ANALYZE");
  await bare.close();
}

/** Inserts the records of all numbers below `count`. */
async function insert<T>(
  bare: Bare,
  table: string,
  columns: Columns<T>,
  count: number,
  numbered: (number: number) => T,
): Promise<void> {
  const values = Object.values(columns);
  const casts = values.map((value, at) => cast(value(numbered(0)), `value ->> ${at}`));
  const rows =
    bare.provider === "sqlite" ? "json_each(?)" : "json_array_elements(CAST($1 AS JSON))";
  const statement = `INSERT INTO ${table} (${Object.keys(columns)}) SELECT ${casts} FROM ${rows}`;
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => {
      const record = numbered(from + index);
      return values.map((value) => value(record));
    });
    await bare.run(statement, JSON.stringify(batch));
  }
}

/** Makes of text what the column of such a value holds. */
function cast(sample: Value, text: string): string {
  if (typeof sample === "number") return `CAST(${text} AS BIGINT)`;
  return typeof sample === "boolean" ? `CAST(${text} AS BOOLEAN)` : text;
}
