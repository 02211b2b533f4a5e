import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { startPostgres } from "../lib/db/testing/postgres";
import { BACKENDS } from "../lib/password/testing/backends";
import { healthCheckOf } from "./support/dockerfile";
import { expect, test } from "./support/fixtures";
import { expireAccessToken, registerByApi, registerByForm } from "./support/people";
import { send } from "./support/send";
import { carryStandalone } from "./support/standalone-folder";

/** The folder of `npm run build:standalone` away from the project, as in an image or under systemd. */

const AUTH_SECRET = randomBytes(32).toString("base64url");

let carried: Awaited<ReturnType<typeof carryStandalone>>;
test.beforeAll(async () => {
  // some thousand files are followed and copied
  test.setTimeout(180_000);
  // as Next does where the project has one
  await writeFile(".next/standalone/.env", "BCRYPT_COST=wrong");
  carried = await carryStandalone();
});
test.afterAll(() => carried.remove());

test("it serves by itself, without this machine's settings, and writes nothing into its folder", async ({
  page,
  context,
  start,
}) => {
  const before = await carried.contents();
  expect(before.filter((path) => path.startsWith(".env"))).toEqual([]);
  const app = await start({}, carried.folder);

  const username = await registerByForm(page, app.origin);
  await expireAccessToken(context);
  await page.reload();
  await expect(page.getByText(`Hello, ${username}`)).toBeVisible();
  const refreshed = await context.request.post(`${app.origin}/api/auth/refresh`);
  expect(refreshed.status()).toBe(200);

  // the judge of passwords and our guards are there too
  const weak = { username: "weak", email: "weak@example.org", password: "password1" };
  const judged = await context.request.post(`${app.origin}/api/auth/register`, { data: weak });
  expect(judged.status()).toBe(422);
  expect((await send(app.origin, "/", { method: "TRACE" })).status).toBe(405);
  expect((await send(app.origin, "/robots.txt")).status).toBe(200);

  expect(await app.stop()).toBe(0);
  await app.restart();
  await page.reload();
  await expect(page.getByText(`Hello, ${username}`)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  expect(await carried.contents()).toEqual(before);
});

test("its workers find all that can hash a password here", () => {
  for (const BCRYPT_BACKEND of BACKENDS) {
    const words = BCRYPT_BACKEND === "native" ? "@node-rs/bcrypt hashes" : "bcryptjs hashes";
    const detail = expect.stringContaining(words);
    const found = doctor(carried.folder, { ...process.env, AUTH_SECRET, BCRYPT_BACKEND });
    expect(found).toContainEqual({ name: "passwords", status: "ok", detail });
  }
});

test("it serves on PostgreSQL, and the image's health check sees whether it does", async ({
  start,
}) => {
  const postgres = await startPostgres();
  const app = await start({ DATABASE_URL: await postgres.createDatabase() }, carried.folder);
  const { cookie } = await registerByApi(app.origin);
  const refresh = await send(app.origin, "/api/auth/refresh", {
    method: "POST",
    headers: { cookie },
  });
  expect(refresh.status).toBe(200);

  const [program = "", ...args] = healthCheckOf(readFileSync("Dockerfile", "utf8"));
  const { port } = new URL(app.origin);
  const check = () => promisify(execFile)(program, args, { env: { ...process.env, PORT: port } });
  await check();
  await app.stop();
  await expect(check()).rejects.toMatchObject({ code: 1 });
  await postgres.stop();
});

/** What the operator's program of the folder finds there. */
function doctor(cwd: string, env: NodeJS.ProcessEnv) {
  const { stdout } = spawnSync(process.execPath, ["latchkey.js", "doctor", "--json"], { cwd, env });
  return JSON.parse(String(stdout)).checks;
}
