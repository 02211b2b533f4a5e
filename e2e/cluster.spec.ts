import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { willBeSecret } from "../lib/testing/evidence";
import { copyBuilt } from "./support/built-copy";
import { each, ME, openBrowser } from "./support/cookie-browser";
import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { linesOf, told } from "./support/log-lines";
import { mintSessions } from "./support/minted-sessions";
import { startPatientLoad } from "./support/patient-load";
import { launchCluster } from "./support/server-process";
import { tally, together } from "./support/traffic";

/** Several instances behind one port, as `npm run cluster` runs them. No browser. */

// starts of instances are what takes its time on a busy machine
test.describe.configure({ timeout: 300_000 });

const SETTINGS = { INSTANCES: "2", RATE_LIMITS: "off" };
/** Milliseconds in which something happens that takes a start of an instance. */
const SOON = { timeout: 120_000 };

const newSecret = () => randomBytes(32).toString("base64url");
const serving = (app: Latchkey) =>
  linesOf(app).filter(({ msg }) => /^Instance \d+ serves/.test(`${msg}`));

// bar 52, F15, F21
test("secrets are changed in .env under load by SIGHUP: every answer is 200, and a bad .env changes nothing", async ({
  start,
}, testInfo) => {
  const { folder, remove } = await copyBuilt();
  const writeEnv = (AUTH_SECRET: string, AUTH_SECRET_PREVIOUS = "") => {
    willBeSecret(AUTH_SECRET, AUTH_SECRET_PREVIOUS);
    const lines = Object.entries({ AUTH_SECRET, AUTH_SECRET_PREVIOUS });
    writeFileSync(join(folder, ".env"), lines.map((pair) => `${pair.join("=")}\n`).join(""));
  };
  const [old, next] = [newSecret(), newSecret()];
  writeEnv(old);
  const app = await start({ ...SETTINGS, AUTH_SECRET: "" }, folder, launchCluster);
  const jars = await mintSessions(app.databaseUrl, old, 8);
  const browsers = jars.map((jar) => openBrowser(app.origin, jar));
  const load = startPatientLoad(browsers);
  const replaced = () =>
    linesOf(app).filter(({ msg }) => msg === "All instances are replaced.").length;
  const kids = async () => {
    const { keys } = await (await fetch(`${app.origin}/.well-known/jwks.json`)).json();
    return keys.map(({ kid }: { kid: string }) => kid);
  };
  const [oldKid] = await kids();

  writeEnv(old, next);
  process.kill(app.pid, "SIGHUP");
  await expect.poll(replaced, SOON).toBe(1);
  writeEnv(next, old);
  process.kill(app.pid, "SIGHUP");
  await expect.poll(replaced, SOON).toBe(2);
  expect(await kids()).toEqual([expect.not.stringMatching(oldKid), oldKid]);
  expect(serving(app)).toHaveLength(6);

  writeEnv("too short");
  process.kill(app.pid, "SIGHUP");
  await expect.poll(() => app.logs(), SOON).toContain("the old ones stay");
  expect(app.logs()).toContain("AUTH_SECRET must have at least 32 bytes");

  const { counts, resets } = await load.end();
  testInfo.annotations.push({ type: "measured", description: JSON.stringify({ counts, resets }) });
  expect(Object.keys(counts)).toEqual(["200"]);
  expect(app.logs()).not.toContain("authn_token_reuse");
  expect(await app.stop()).toBe(0);
  await remove();
});

test("an instance that is killed is replaced and nobody is signed out; a killed primary takes all with it", async ({
  start,
}) => {
  const secret = newSecret();
  const app = await start({ ...SETTINGS, AUTH_SECRET: secret }, undefined, launchCluster);
  const jars = await mintSessions(app.databaseUrl, secret, 8);
  const browsers = jars.map((jar) => openBrowser(app.origin, jar));
  const load = startPatientLoad(browsers);
  const [victim] = serving(app);
  process.kill(Number(victim?.pid), "SIGKILL");
  await expect.poll(() => serving(app).length, SOON).toBe(3);
  expect(told(app, "sys_crash")).toEqual([
    expect.objectContaining({ instance: victim?.instance, reason: "SIGKILL" }),
  ]);
  expect(Object.keys((await load.end()).counts)).toEqual(["200"]);
  expect(tally(await together(each(browsers, ME)))).toEqual({ 200: 8 });

  // resolves when nobody holds what it writes to, so its instances have ended as well
  await app.kill();
  await expect(fetch(`${app.origin}/api/health/live`)).rejects.toThrow();
});

// bar 158
test("SIGTERM during 50 requests to all instances: every one is answered, then all end with 0 within 10 seconds", async ({
  start,
}) => {
  const app = await start(SETTINGS, undefined, launchCluster);
  const port = Number(new URL(app.origin).port);
  const sockets = Array.from({ length: 50 }, () => connect(port, "127.0.0.1"));
  for (const socket of sockets) {
    socket.write("POST /api/auth/logout HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
    socket.write("Content-Length: 2\r\n\r\n{");
  }
  // what connects after them is answered after they have arrived
  await fetch(`${app.origin}/api/health/live`);
  const stoppedAt = performance.now();
  const exitCode = app.stop();
  await expect.poll(() => app.logs()).toContain("Stopping");
  const answers = sockets.map((socket) => text(socket));
  for (const socket of sockets) socket.write("}");
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*Successfully logged out/s);
  }
  expect(await exitCode).toBe(0);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
});

test("what keeps every instance from serving is said once, and ends the start", async ({
  app,
  start,
}) => {
  const { port } = new URL(app.origin);
  const failure: Error = await start({ ...SETTINGS, PORT: port }, undefined, launchCluster).catch(
    (thrown) => thrown,
  );
  expect(failure.message).toContain("The server ended with 1:");
  expect(failure.message.split("something listens there already")).toHaveLength(2);
});
