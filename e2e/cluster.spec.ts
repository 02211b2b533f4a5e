import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { willBeSecret } from "../lib/testing/evidence";
import { copyBuilt } from "./support/built-copy";
import { startCrowd, statusesOf } from "./support/crowd";
import { expect, test } from "./support/fixtures";
import { stopAmidRequests } from "./support/graceful-stop";
import type { Latchkey } from "./support/latchkey";
import { linesOf, told } from "./support/log-lines";
import type { Seen } from "./support/retrying-client";
import { launchCluster } from "./support/server-process";
import { tally } from "./support/traffic";

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
  const crowd = await startCrowd([app], { DATABASE_URL: app.databaseUrl, AUTH_SECRET: old }, 8);
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

  const seen = await crowd.end();
  testInfo.annotations.push({ type: "measured", description: JSON.stringify(tally(seen)) });
  expectAnsweredWell(seen);
  expect(app.logs()).not.toContain("authn_token_reuse");
  expect(await app.stop()).toBe(0);
  await remove();
});

test("an instance that is killed is replaced and nobody is signed out; a killed primary takes all with it", async ({
  start,
}) => {
  const secret = newSecret();
  const app = await start({ ...SETTINGS, AUTH_SECRET: secret }, undefined, launchCluster);
  const crowd = await startCrowd([app], { DATABASE_URL: app.databaseUrl, AUTH_SECRET: secret }, 8);
  const [victim] = serving(app);
  process.kill(Number(victim?.pid), "SIGKILL");
  await expect.poll(() => serving(app).length, SOON).toBe(3);
  expect(told(app, "sys_crash")).toEqual([
    expect.objectContaining({ instance: victim?.instance, reason: "SIGKILL" }),
  ]);
  expectAnsweredWell(await crowd.end());

  // resolves when nobody holds what it writes to, so its instances have ended as well
  await app.kill();
  await expect(fetch(`${app.origin}/api/health/live`)).rejects.toThrow();
});

// bar 158
test("SIGTERM during 50 requests to all instances: every one is answered, then all end with 0 within 10 seconds", async ({
  start,
}) => {
  await stopAmidRequests(await start(SETTINGS, undefined, launchCluster), 50);
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
  expect(failure.message).toContain("The first instance did not come up, it ended with code 1.");
});

/** Every answer was 200; who lost his connection asked again. */
function expectAnsweredWell(seen: readonly Seen[]): void {
  const answered = seen.filter(({ status }) => status !== "lost");
  expect(statusesOf(answered)).toEqual([200]);
}
