import { join } from "node:path";
import { SETTINGS } from "../../lib/auth/testing/world";
import { systemClock } from "../../lib/clock";
import { type Database, openDatabase } from "../../lib/db/open";
import { fill } from "../../lib/db/testing/fill";
import { sessionNumbered } from "../../lib/db/testing/population";
import { newFolder, removeFolder } from "../../lib/testing/evidence";
import { CONNECTIONS } from "./clients";
import { measure } from "./figures";

/** What this process is told to do; see `generator.ts`. */
export interface StoreLoop {
  readonly kind: "refresh" | "me";
  /** Who call at the same time, a session each; at most as many as a server has clients. */
  readonly callers: number;
  readonly seconds: number;
}

const folder = newFolder("store-loop-");
const opened = open(`file:${join(folder, "latchkey.db")}`);

/** The store of the server, called without tokens or HTTP. */
async function open(url: string) {
  const population = { sessions: CONNECTIONS, openedAt: systemClock.now() };
  await fill(url, population);
  const database = await openDatabase(url);
  const sessions = Array.from({ length: CONNECTIONS }, (_, number) =>
    sessionNumbered(number, population),
  );
  return {
    database,
    me: sessions.map(({ id }) => async () => {
      return (await database.store.findSession(id)) !== null;
    }),
    refresh: sessions.map((session) => rotating(session, database)),
  };
}

function rotating(session: ReturnType<typeof sessionNumbered>, { store }: Database) {
  const { id, secretHash, attemptHash } = session;
  let { generation } = session;
  return async () => {
    const presented = { id, secretHash, attemptHash, generation, transport: null };
    const rotated = await store.rotateSession(presented, systemClock.now(), SETTINGS);
    generation += 1;
    return rotated?.session.generation === generation;
  };
}

process.on("message", async ({ kind, callers, seconds }: StoreLoop) => {
  process.send?.(await measure((await opened)[kind].slice(0, callers), seconds));
});
process.on("disconnect", async () => {
  await (await opened).database.close();
  await removeFolder(folder);
});
