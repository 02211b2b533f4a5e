import { startPostgres } from "../lib/db/testing/postgres";
import { openCuttableLine } from "./support/cuttable-line";
import { expect, test } from "./support/fixtures";
import { expireAccessToken, openQuietDashboard, PASSWORD } from "./support/people";

// bar 118, 155, F4
test("while the database is away nobody is signed out, and everything says 503", async ({
  page,
  context,
  start,
}) => {
  const postgres = await startPostgres();
  const line = await openCuttableLine(await postgres.createDatabase());
  const app = await start({ DATABASE_URL: line.url });
  const username = await openQuietDashboard(page, app.origin);
  await page.goto("about:blank");
  const jar = await context.cookies();
  line.cut();

  for (const [method, path] of [
    ["GET", "/api/users/me"],
    ["GET", "/api/auth/sessions"],
    ["GET", "/api/health/ready"],
    ["POST", "/api/auth/refresh"],
  ] as const) {
    const answer = await context.request.fetch(`${app.origin}${path}`, { method });
    expect([path, answer.status(), await answer.json()]).toEqual([
      path,
      503,
      { detail: "Service temporarily unavailable", error: "unavailable" },
    ]);
    expect(Number(answer.headers()["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  }
  const login = { username, password: PASSWORD };
  const refused = await context.request.post(`${app.origin}/api/auth/login`, { data: login });
  expect(refused.status()).toBe(503);
  const live = await context.request.get(`${app.origin}/api/health/live`);
  expect(live.status()).toBe(200);

  for (const expired of [false, true]) {
    if (expired) await expireAccessToken(context);
    const response = await page.goto(`${app.origin}/dashboard`);
    expect(response?.status()).toBe(503);
    expect(page.url()).toBe(`${app.origin}/dashboard`);
    expect(await response?.text()).not.toContain(username);
    expect(await response?.headerValue("cache-control")).toContain("no-store");
  }
  const kept = (await context.cookies()).filter(({ name }) => /refresh|hint/.test(name));
  expect(kept).toEqual(jar.filter(({ name }) => /refresh|hint/.test(name)));

  await line.mend();
  await expect
    .poll(async () => (await page.goto(`${app.origin}/dashboard`))?.status(), { timeout: 15_000 })
    .toBe(200);
  await expect(page.getByText(`${username}@example.com`)).toBeVisible();
  await page.goto("about:blank");

  // signing out cannot be confirmed, and still leaves no token on this machine
  line.cut();
  const out = await context.request.post(`${app.origin}/api/auth/logout`);
  expect(out.status()).toBe(503);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(["__Host-device"]);
  await postgres.stop();
});
