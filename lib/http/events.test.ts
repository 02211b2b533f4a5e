import { hashSync } from "bcryptjs";
import { beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as register } from "@/app/api/auth/register/route";
import { POST as endOne } from "@/app/api/auth/sessions/[id]/end/route";
import { POST as endOthers } from "@/app/api/auth/sessions/end-others/route";
import { levelOf, type SecurityEventName } from "@/lib/auth/security-event";
import { tamper } from "@/lib/db/testing/aside";
import type { CapturedLog, LogLine } from "@/lib/testing/captured-log";
import {
  Client,
  embeddedApp,
  HTML,
  MARKER,
  newcomer,
  PASSWORD,
  pass,
  whoAmI,
} from "@/lib/testing/embedded-app";
import { runExchange } from "./exchange";
import { route } from "./route";
import { sessionOf } from "./session-of";

/** What the log says of each security event, at the handlers, with a caller whose address is known. */

const ASKER = { ip: "192.0.2.7", requestId: "request-1" };
const CAP = 3;

let log: CapturedLog;
beforeAll(async () => {
  log = await embeddedApp({ MAX_SESSIONS_PER_USER: `${CAP}`, REFRESH_RECOVERY_SECONDS: "100" });
});

/** The lines that `work` makes, each with its asker, instant and level, which are taken off. */
async function toldBy(work: () => Promise<unknown>): Promise<object[]> {
  log.clear();
  const exchange = { clientAddress: ASKER.ip, requestId: ASKER.requestId, status: null };
  await runExchange(exchange, work);
  return log.lines().map(({ time, level, ip, requestId, ...line }: LogLine) => {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(level).toBe(levelOf({ event: line.event as SecurityEventName }));
    expect({ ip, requestId }).toEqual(ASKER);
    return line;
  });
}

/** Somebody who has just registered, and the ids of his account and first session. */
async function somebody() {
  log.clear();
  const { client, username } = await newcomer();
  const created = log.lines().at(-1);
  return { client, username, userId: created?.userId, sessionId: created?.sessionId };
}

const signIn = (username: string, password = PASSWORD, client = new Client()) =>
  client.send(login, { json: { username, password } });

const change = (column: string, value: string, userId: unknown) =>
  tamper(
    `${process.env.DATABASE_URL}`,
    `UPDATE "user" SET ${column} = ${value} WHERE id = '${userId}'`,
  );

const ID = expect.stringMatching(/^[\w-]{22}$/);

// bar 151
test("registering tells the account and its session", async () => {
  const ids = { userId: ID, sessionId: ID };
  expect(await toldBy(() => newcomer())).toEqual([
    { event: "user_created", userId: ID },
    { event: "session_created", ...ids },
  ]);
});

// bar 151
test("a login that fails tells why and whom it concerns, and never what was typed", async () => {
  const { username, userId } = await somebody();
  const event = "authn_login_fail";
  expect(await toldBy(() => signIn(MARKER, MARKER))).toEqual([{ event, reason: "unknown_user" }]);
  expect(await toldBy(() => signIn(username, MARKER))).toEqual([
    { event, reason: "wrong_password", userId },
  ]);
  await change("disabled", "TRUE", userId);
  expect(await toldBy(() => signIn(username))).toEqual([{ event, reason: "disabled", userId }]);
  expect(log.text()).not.toContain(username);
});

// bar 151
test("a login tells its session, the one it replaces and the one it pushes out", async () => {
  const { client, username, userId, sessionId } = await somebody();
  const opened = [
    { event: "session_created", userId, sessionId: ID },
    { event: "authn_login_success", userId, sessionId: ID },
  ];
  expect(await toldBy(() => signIn(username, PASSWORD, client))).toEqual([
    { event: "session_ended", reason: "replaced", userId, sessionId },
    ...opened,
  ]);
  for (let count = 1; count < CAP; count++) {
    expect(await toldBy(() => signIn(username))).toEqual(opened);
  }
  expect(await toldBy(() => signIn(username))).toEqual([
    { event: "session_ended", reason: "cap", userId, sessionId: ID },
    ...opened,
  ]);
});

// bar 151
test("a login that brings the stored password up to date tells that", async () => {
  const { username, userId } = await somebody();
  await change("password_hash", `'${hashSync(PASSWORD, 4)}'`, userId);
  expect(await toldBy(() => signIn(username))).toContainEqual({
    event: "authn_password_upgraded",
    userId,
  });
});

// bar 151
test("a refresh tells the rotation, its repetition and the reuse, and then refusals", async () => {
  const { client, userId, sessionId } = await somebody();
  const thief = client.copy();
  const ids = { userId, sessionId };
  const renewed = { event: "session_renewed", ...ids };
  expect(await toldBy(() => client.send(refresh))).toEqual([{ ...renewed, reason: "rotated" }]);
  pass(1);
  expect(await toldBy(() => thief.copy().send(refresh))).toEqual([
    { ...renewed, reason: "repeated" },
  ]);
  pass(60);
  expect(await toldBy(() => thief.send(refresh))).toEqual([{ event: "authn_token_reuse", ...ids }]);
  expect(await toldBy(() => client.send(refresh))).toEqual([
    { event: "session_refused", reason: "reuse", use: "refresh", ...ids },
  ]);
});

// bar 151
test("a refresh token that is not ours is told, and not what it was", async () => {
  const refused = { event: "session_refused", reason: "garbage", use: "refresh" };
  const json = { refresh_token: MARKER };
  expect(await toldBy(() => new Client().send(refresh, { json }))).toEqual([refused]);
});

// bar 151
test("an answer that is asked for again too late ends the session, and says so", async () => {
  const { client, userId, sessionId } = await somebody();
  const headers = { "x-refresh-attempt": "attempt-1" };
  const again = client.copy();
  await client.send(refresh, { headers });
  pass(101);
  expect(await toldBy(() => again.send(refresh, { headers }))).toEqual([
    { event: "session_ended", reason: "recovery_expired", userId, sessionId },
  ]);
});

// bar 151
test("time that ended a session is told when somebody comes back to it", async () => {
  const { client, userId, sessionId } = await somebody();
  pass(8 * 24 * 60 * 60);
  const expired = { event: "session_expired", reason: "expired", userId, sessionId };
  expect(await toldBy(() => client.copy().send(refresh))).toEqual([{ ...expired, use: "refresh" }]);
  const page = () => client.send(endOthers, { form: {}, headers: HTML });
  expect(await toldBy(page)).toEqual([{ ...expired, use: "peek" }]);
});

// bar 151
test("signing out tells the session, or how many, and later use of it is told", async () => {
  const { client, username, userId, sessionId } = await somebody();
  const late = client.copy();
  expect(await toldBy(() => client.send(logout))).toEqual([
    { event: "session_logout", reason: "logout", userId, sessionId },
  ]);
  const refused = { event: "session_refused", reason: "logout", userId, sessionId };
  expect(await toldBy(() => whoAmI(late))).toEqual([{ ...refused, use: "access" }]);
  expect(await toldBy(() => late.copy().send(refresh))).toEqual([{ ...refused, use: "refresh" }]);

  const [one, two] = [new Client(), new Client()];
  await signIn(username, PASSWORD, one);
  await signIn(username, PASSWORD, two);
  expect(await toldBy(() => two.send(logout, { json: { everywhere: true } }))).toEqual([
    { event: "session_logout", reason: "logout", userId, sessionId: ID, count: 2 },
  ]);
});

// bar 151
test("ending other sessions tells which, or how many and by whom", async () => {
  const { client, username, userId, sessionId } = await somebody();
  await signIn(username);
  const other = log.lines().at(-1)?.sessionId;
  await signIn(username);
  const ended = { event: "session_ended", reason: "ended", userId };
  const params = { id: String(other) };
  expect(await toldBy(() => client.send(endOne, { params }))).toEqual([
    { ...ended, sessionId: other },
  ]);
  expect(await toldBy(() => client.send(endOthers))).toEqual([{ ...ended, sessionId, count: 1 }]);
});

// bar 151
test("a page looked at from another browser than the session's tells that", async () => {
  const { client, userId, sessionId } = await somebody();
  client.cookies.delete("__Host-access_token");
  const page = () => client.send(endOthers, { form: {}, headers: HTML });
  expect(await toldBy(page)).toContainEqual({ event: "session_seen_elsewhere", userId, sessionId });
});

// bar 151
test("what somebody may not do is told, with what he lacks", async () => {
  const { client, userId, sessionId } = await somebody();
  const needing = (need: Parameters<typeof sessionOf>[1]) =>
    route({ POST: async (call) => Response.json(await sessionOf(call, need)) }).POST;
  const failed = { event: "authz_fail", userId, sessionId };
  expect(await toldBy(() => client.send(needing({ role: "admin" })))).toEqual([
    { ...failed, reason: "role" },
  ]);
  expect(await toldBy(() => client.send(needing({ scope: "admin" })))).toEqual([
    { ...failed, reason: "scope" },
  ]);
});

// bar 151
test("a request of another site is told", async () => {
  const headers = { origin: "https://evil.test" };
  expect(await toldBy(() => new Client().send(logout, { headers }))).toEqual([
    { event: "malicious_csrf" },
  ]);
});

// bar 17
test("a registration that is not valid leaves nothing of itself in the log", async () => {
  log.clear();
  const json = { username: `${MARKER}!`, email: MARKER, password: MARKER.repeat(20), name: MARKER };
  const response = await new Client().send(register, { json });
  expect(response.status).toBe(422);
  expect(await response.text()).not.toContain(MARKER);
  expect(log.text()).not.toContain(MARKER);
});

// bar 41
test("the name of a key is only a name: odd ones are 401 and no error", async () => {
  const { client } = await somebody();
  const [, payload, signature] = `${client.cookies.get("__Host-access_token")}`.split(".");
  log.clear();
  for (const kid of [
    "ff",
    "../../dev/null",
    "' OR 1=1--",
    "__proto__",
    ["a"],
    7,
    "k".repeat(1e5),
  ]) {
    const head = JSON.stringify({ alg: "EdDSA", typ: "at+jwt", kid });
    const token = `${Buffer.from(head).toString("base64url")}.${payload}.${signature}`;
    const thief = new Client();
    thief.cookies.set("__Host-access_token", token);
    const response = await whoAmI(thief);
    expect([response.status, (await response.json()).error]).toEqual([401, "invalid_token"]);
  }
  expect(log.text()).toBe("");
});
