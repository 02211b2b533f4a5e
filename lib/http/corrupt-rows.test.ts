import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { tamper } from "@/lib/db/testing/aside";
import type { CapturedLog } from "@/lib/testing/captured-log";
import { Client, embeddedApp, newcomer, PASSWORD, whoAmI } from "@/lib/testing/embedded-app";

/** Rows that no code of ours writes: the requests that meet them fail, each with its line in the log, and no others. */

let log: CapturedLog;
beforeAll(async () => {
  log = await embeddedApp();
});

type Somebody = Awaited<ReturnType<typeof newcomer>>;
let victim: Somebody;
let other: Somebody;
beforeEach(async () => {
  [victim, other] = [await newcomer(), await newcomer()];
  log.clear();
});

/** Changes the victim's row of `"user"`. */
const damage = (change: string) =>
  tamper(`${process.env.DATABASE_URL}`, `${change} WHERE username = '${victim.username}'`);

const signIn = ({ username }: Somebody) =>
  new Client().send(login, { json: { username, password: PASSWORD } });

/** The status, and the lines of the log that bear the answer's id. */
async function toldOf(answer: Promise<Response>) {
  const { status, headers } = await answer;
  const id = headers.get("x-request-id");
  const lines = log.lines().filter(({ requestId }) => requestId === id);
  return { status, told: lines.map(({ event, reason }) => [event, reason].join(" ").trim()) };
}

async function expectOthersUnaffected() {
  expect((await whoAmI(other.client)).status).toBe(200);
  expect((await other.client.send(refresh)).status).toBe(200);
  expect((await signIn(other)).status).toBe(200);
}

// bar F23
test("a session whose user is gone is refused like an unknown one", async () => {
  await damage('DELETE FROM "user"');
  for (const answer of [whoAmI(victim.client.copy()), victim.client.send(refresh)]) {
    expect(await toldOf(answer)).toEqual({ status: 401, told: ["session_refused unknown"] });
  }
  await expectOthersUnaffected();
});

describe("a stored password", () => {
  const forms = ["", "not a hash", "$argon2id$v=19$m=65536$c2FsdA$aGFzaA", "$2b$10$short"];

  // bar F23
  test.each(forms)("of the form '%s' lets nobody in and says so in the log", async (form) => {
    await damage(`UPDATE "user" SET password_hash = '${form}'`);
    expect(await toldOf(signIn(victim))).toEqual({
      status: 401,
      told: ["authn_login_fail unreadable_hash"],
    });
    // the session does not depend on it
    expect((await whoAmI(victim.client)).status).toBe(200);
    await expectOthersUnaffected();
  });

  // bar F23
  test("that is NULL lets nobody in and says so in the log", async () => {
    await allowNullHashes();
    await damage('UPDATE "user" SET password_hash = NULL');
    expect(await toldOf(signIn(victim))).toEqual({
      status: 401,
      told: ["authn_login_fail unreadable_hash"],
    });
    await expectOthersUnaffected();
  });
});

// bar F23, 154
test("a role that does not exist opens nothing: a 500 whose id is in the log", async () => {
  await damage(`UPDATE "user" SET role = 'wizard'`);
  for (const answer of [whoAmI(victim.client.copy()), signIn(victim)]) {
    expect(await (await answer).clone().json()).toEqual({
      detail: "Internal Server Error",
      error: "internal",
    });
    expect(await toldOf(answer)).toEqual({ status: 500, told: ["bug"] });
  }
  await expectOthersUnaffected();
});

/** As in a table that somebody has rebuilt without its constraints. SQLite knows no other way. */
const allowNullHashes = () =>
  tamper(
    `${process.env.DATABASE_URL}`,
    `ALTER TABLE "user" ADD COLUMN loose TEXT;
     UPDATE "user" SET loose = password_hash;
     ALTER TABLE "user" DROP COLUMN password_hash;
     ALTER TABLE "user" RENAME COLUMN loose TO password_hash`,
  );
