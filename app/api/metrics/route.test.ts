import { beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { runExchange } from "@/lib/http/exchange";
import { Client, embeddedApp, MARKER, newcomer, pass } from "@/lib/testing/embedded-app";
import { willBeSecret } from "@/lib/testing/evidence";
import { GET } from "./route";

const TOKEN = "4f9d2c7be1a84c06";
const ORIGIN = "https://app.example.org";

beforeAll(async () => {
  await embeddedApp({ METRICS_TOKEN: TOKEN, APP_ORIGIN: ORIGIN });
  willBeSecret(TOKEN);
});

function read(authorization?: string, isLocal = false): Promise<Response> {
  const headers = authorization === undefined ? {} : { authorization };
  const exchange = { clientAddress: "127.0.0.1", isLocal, requestId: "test", status: null };
  return runExchange(exchange, () => GET(new Request(`${ORIGIN}/api/metrics`, { headers })));
}

/** The values of the series whose names begin so. */
async function valuesOf(name: string): Promise<Record<string, number>> {
  const lines = (await (await read(`Bearer ${TOKEN}`)).text()).split("\n");
  const values = lines.filter((line) => line.startsWith(`latchkey_${name}`));
  return Object.fromEntries(
    values.map((line) => line.split(" ")).map(([series = "", value]) => [series, Number(value)]),
  );
}

/** By how much each series has grown by what `work` does; those that stayed as they were are left out. */
async function growth(name: string, work: () => Promise<unknown>) {
  const before = await valuesOf(name);
  await work();
  const after = Object.entries(await valuesOf(name));
  const grown = after.map(
    ([series, value]) => [series.replace("latchkey_", ""), value - (before[series] ?? 0)] as const,
  );
  return Object.fromEntries(grown.filter(([, by]) => by !== 0));
}

test("who shows the token reads them as Prometheus does", async () => {
  const answer = await read(`Bearer ${TOKEN}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.text()).toMatch(/^# HELP latchkey_logins_total .+\n# TYPE .+ counter\n/m);
});

test("nobody else does, also not on this machine, where a proxy may be that speaks for strangers", async () => {
  for (const isLocal of [false, true]) {
    const missing = await read(undefined, isLocal);
    expect(missing.status).toBe(401);
    expect(missing.headers.get("www-authenticate")).toBe("Bearer");
    expect(await missing.json()).toEqual({ detail: "Not authenticated", error: "missing_token" });
    for (const wrong of [`${TOKEN}0`, TOKEN.slice(1), "wrong"]) {
      const refused = await read(`Bearer ${wrong}`, isLocal);
      expect(refused.status).toBe(401);
      expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"');
      expect(await refused.json()).toMatchObject({ error: "invalid_token" });
    }
  }
});

test("logins, and refreshes by verdict, are counted", async () => {
  const signIn = (username: string, password: string) =>
    new Client().send(login, { json: { username, password } });
  expect(await growth("login_failures", () => signIn("nobody", MARKER))).toEqual({
    'login_failures_total{reason="unknown_user"}': 1,
  });

  const { client, username } = await newcomer();
  const thief = client.copy();
  const steps = async () => {
    await signIn(username, "wrong password");
    await client.send(refresh);
    pass(1);
    await thief.copy().send(refresh);
    await new Client().send(refresh, { json: { refresh_token: MARKER } });
    pass(60);
    await thief.send(refresh);
    await client.send(refresh);
  };
  expect(await growth("", steps)).toMatchObject({
    'login_failures_total{reason="wrong_password"}': 1,
    'refreshes_total{verdict="rotated"}': 1,
    'refreshes_total{verdict="repeated"}': 1,
    'refreshes_total{verdict="garbage"}': 1,
    'refreshes_total{verdict="reuse"}': 1,
    'refreshes_total{verdict="revoked"}': 1,
    token_reuses_total: 1,
    'session_ends_total{reason="reuse"}': 1,
    hash_duration_seconds_count: 1,
    'database_duration_seconds_count{operation="rotateSession"}': 4,
  });
});

test("new accounts and sessions, and how these end, are counted", async () => {
  const steps = async () => {
    const { client } = await newcomer();
    await client.send(logout, { json: { everywhere: true } });
    await client.send(logout, { headers: { origin: "https://evil.test" } });
  };
  expect(await growth("", steps)).toMatchObject({
    registrations_total: 1,
    sessions_opened_total: 1,
    'session_ends_total{reason="logout"}': 1,
    cross_site_refusals_total: 1,
  });
});

test("nothing in them says who it was, or what he sent", async () => {
  const { client, username } = await newcomer();
  await client.send(refresh);
  await new Client().send(login, { json: { username: MARKER, password: MARKER } });
  const text = await (await read(`Bearer ${TOKEN}`)).text();
  for (const secret of [MARKER, username, TOKEN, ...client.cookies.values(), "127.0.0.1"]) {
    expect(text).not.toContain(secret);
  }
});
