import { randomBytes } from "node:crypto";
import { fuzz } from "./fuzz/campaign";
import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { PASSWORD } from "./support/people";
import { residentMegabytes } from "./support/vitals";

/** Whatever is sent, nothing breaks. `FUZZ_SEED` and `FUZZ_REQUESTS` (a test) look elsewhere and longer. */

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);
/** Most of them never come to a database; with limits half as many. */
const USUAL = { sqlite: 10_000, postgresql: 2000 };
const requestsOr = (usual: number) => Number(process.env.FUZZ_REQUESTS ?? usual);
/** What leaks ends the server; what leaks beside the heap is seen. */
const NODE_OPTIONS = "--max-old-space-size=256";
const RSS_MAX_MEGABYTES = 900;
const account = { username: "afterwards", email: "afterwards@example.com" };

/** A newcomer is served as if nothing had been, and has what a user has and nothing more. */
async function expectAsNew(app: Latchkey): Promise<void> {
  const headers = { "Content-Type": "application/json", "X-Forwarded-For": "198.51.100.99" };
  const body = JSON.stringify({ ...account, password: PASSWORD });
  const made = await fetch(`${app.origin}/api/auth/register`, { method: "POST", headers, body });
  expect(made.status).toBe(201);
  const Cookie = made.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const me = await fetch(`${app.origin}/api/users/me`, { headers: { Cookie: Cookie.join("; ") } });
  expect(await me.json()).toEqual({
    ...account,
    id: expect.stringMatching(/^[\w-]{22}$/),
    name: null,
    role: "user",
    disabled: false,
    created_at: expect.any(String),
  });
}

async function expectUnharmed(app: Latchkey, requests: number, secrets: readonly string[]) {
  const before = residentMegabytes(app.pid);
  const counts = await fuzz({ app, requests, seed: SEED, secrets });
  const told = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count} × ${status}`);
  const after = residentMegabytes(app.pid);
  const memory = `${before} MB before, ${after} MB after`;
  process.stdout.write(`seed ${SEED}: ${told.join(", ")}; ${memory}\n`);

  // the generator still finds its way to the flows
  for (const status of [200, 204, 303, 400, 401, 403, 404, 405, 413, 415, 422, 431]) {
    expect(counts.get(status) ?? 0, `answers with ${status}`).toBeGreaterThan(0);
  }
  // nothing here overloads anything, but the machine may be busy
  expect(counts.get(503) ?? 0).toBeLessThan(requests / 100);
  expect(app.logs()).not.toContain('"event":"bug"');
  for (const secret of secrets) expect(app.logs()).not.toContain(secret);
  expect(after ?? 0).toBeLessThan(RSS_MAX_MEGABYTES);
  await expectAsNew(app);
}

test.beforeEach(() => test.setTimeout(900_000));

test.describe("whatever is sent, everything is answered in order and nothing breaks", () => {
  const secret = randomBytes(32).toString("base64url");
  const given = { AUTH_SECRET: secret, TRUST_PROXY_HOPS: "1", NODE_OPTIONS };
  const secretsOf = ({ databaseUrl }: Latchkey) => {
    const name = databaseUrl.slice(databaseUrl.lastIndexOf("/") + 1);
    return [secret, databaseUrl, name, "postgres:postgres"];
  };

  // bar 27, 48, 101, 119, 125, 131, 132
  test("without limits", async ({ start, database }) => {
    const app = await start({ ...given, RATE_LIMITS: "off" });
    await expectUnharmed(app, requestsOr(USUAL[database]), secretsOf(app));
  });

  test("with limits", async ({ start, database }) => {
    const app = await start({ ...given, RATE_LIMITS: "on" });
    await expectUnharmed(app, requestsOr(USUAL[database] / 2), secretsOf(app));
  });
});
