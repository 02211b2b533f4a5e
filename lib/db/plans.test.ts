import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { BUDGETS } from "@/lib/auth/budget";
import type { FailureKey } from "@/lib/auth/failure-counts";
import type { Store } from "@/lib/auth/store";
import { aSession, aUser, NOW, presenting, WINDOWS } from "@/lib/auth/testing/samples";
import { newFolder, removeFolder } from "@/lib/testing/evidence";
import { openBare } from "./testing/bare";
import { type ExplainedStore, openExplained } from "./testing/explained";
import { fill } from "./testing/fill";
import { sessionNumbered, userNumbered } from "./testing/population";
import { postgresAt } from "./testing/postgres";

/** Enough that reading a table from end to end is never the shorter way. */
const POPULATION = { sessions: 5_000, openedAt: NOW };
const FAILURES = 3_000;

const server = postgresAt(inject("postgresUrl"));
const folder = newFolder("plans-");
afterAll(() => Promise.all([server.stop(), removeFolder(folder)]));

const URLS = {
  SQLite: async () => `file:${join(folder, "plans.db")}`,
  PostgreSQL: () => server.createDatabase(),
};

const session = sessionNumbered(7, POPULATION);
const user = userNumbered(7, POPULATION);
const key = "key-7" as FailureKey;

/** What is asked → the indexes by which the rows are found. */
const FOUND_BY: Readonly<Record<string, readonly [(store: Store) => Promise<unknown>, string[]]>> =
  {
    "a session for a request": [
      (store) => store.findSession(session.id),
      ["session_pkey", "user_pkey"],
    ],
    "a refresh": [
      (store) => store.rotateSession(presenting(session), NOW, WINDOWS),
      ["session_pkey", "user_pkey"],
    ],
    "a login by name": [
      (store) => store.findUser({ username: user.username }),
      ["user_username_key"],
    ],
    "a login by address": [(store) => store.findUser({ email: user.email }), ["user_email_key"]],
    "a new session, and those beyond the cap": [
      (store) => store.openSession(aSession(user), user.passwordHash, 5),
      ["session_pkey", "session_user_id_idx", "user_pkey"],
    ],
    "the list of sessions": [(store) => store.listSessions(user.id, NOW), ["session_user_id_idx"]],
    "the end of one session": [
      (store) => store.revokeSession({ id: session.id, userId: user.id }, "ended", NOW),
      ["session_pkey"],
    ],
    "the end of the other sessions": [
      (store) => store.revokeSessions(user.id, session.id, "ended", NOW),
      ["session_user_id_idx"],
    ],
    "an upgraded password": [
      (store) => store.upgradePasswordHash(user.id, user.passwordHash, "other"),
      ["user_pkey"],
    ],
    "a registration": [(store) => store.createUser(aUser()), []],
    "a failure": [({ failures }) => failures.reserve(key, BUDGETS.account, NOW), ["throttle_pkey"]],
    "failures that are forgotten": [({ failures }) => failures.forget(key), ["throttle_pkey"]],
    "sessions that are deleted": [
      ({ upkeep }) => upkeep.deleteDeadSessions(session.absoluteEndAt, 2),
      ["session_absolute_end_at_idx", "session_pkey"],
    ],
    "the sessions of a user who is disabled": [
      ({ directory }) => directory.disable(user.id, NOW),
      ["session_user_id_idx", "user_pkey"],
    ],
    "some users after another": [({ directory }) => directory.list(user.id, 10), ["user_pkey"]],
    "failures that are swept": [
      ({ failures }) => failures.sweep(NOW + FAILURES, 2),
      ["throttle_forgotten_at_idx", "throttle_pkey"],
    ],
  };

describe.each(Object.entries(URLS))("on %s", (_, urlOf) => {
  let explained: ExplainedStore;

  beforeAll(async () => {
    const url = await urlOf();
    await fill(url, POPULATION);
    const bare = await openBare(url);
    await bare.run(`
      INSERT INTO throttle (key, failures, closed_until, forgotten_at)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${FAILURES})
      SELECT 'key-' || i, 1, 0, ${NOW} + i FROM n`);
    await bare.run("ANALYZE throttle");
    await bare.close();
    explained = await openExplained(url);
  });
  afterAll(() => explained.close());

  test.each(Object.entries(FOUND_BY))("%s finds its rows by indexes", async (_, [ask, indexes]) => {
    await ask(explained.store);
    const plans = explained.takePlans();
    expect(plans.filter(isScan)).toEqual([]);
    expect([...new Set(plans.flatMap(indexesOf))].sort()).toEqual(indexes);
  });
});

/** Whether a line of a plan reads a table from end to end. */
const isScan = (line: string) => /^SCAN (?!CONSTANT ROW)|Seq Scan on/.test(line);

/** The indexes a line of a plan names, SQLite's of primary keys by the names that PostgreSQL gives. */
function indexesOf(line: string): string[] {
  const found =
    /INDEX (\w+)|Index (?:Only )?Scan(?: Backward)? using (\w+)|Index Scan on (\w+)/.exec(line);
  const [, ...names] = found ?? [];
  return names
    .filter((name) => name !== undefined)
    .map((name) => name.replace(/^sqlite_autoindex_(\w+)_1$/, "$1_pkey"));
}
