import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "./support/fixtures";
import { PASSWORD } from "./support/people";

const run = promisify(execFile);

/** Runs curl; status and body. */
async function curl(...args: string[]): Promise<{ status: number; body: Record<string, unknown> }> {
  const { stdout } = await run("curl", ["-s", "-w", "\n%{http_code}", ...args]);
  const at = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(at + 1)), body: JSON.parse(stdout.slice(0, at)) };
}

test("the flow of an API client, by curl", async ({ app }) => {
  const api = `${app.origin}/api`;
  const jar = join(mkdtempSync(join(tmpdir(), "latchkey-")), "jar");
  const withJar = ["-b", jar, "-c", jar];
  const json = ["-H", "Content-Type: application/json"];
  const account = { username: "johndoe", email: "john@example.com", password: PASSWORD };
  const made = await curl(...json, "-d", JSON.stringify(account), `${api}/auth/register`);
  expect(made.status).toBe(201);

  const form = ["--data-urlencode", "username=johndoe", "--data-urlencode", `password=${PASSWORD}`];
  const first = await curl(...withJar, ...form, `${api}/auth/token`);
  expect(first.body).toEqual({
    access_token: expect.any(String),
    token_type: "bearer",
    expires_in: 900,
    scope: "profile",
  });
  const second = await curl(...withJar, "-X", "POST", `${api}/auth/refresh`);
  expect(second.status).toBe(200);

  const bearer = ["-H", `Authorization: Bearer ${second.body.access_token}`];
  const me = await curl(...bearer, `${api}/users/me`);
  expect(me.body).toMatchObject({ username: "johndoe", email: "john@example.com" });

  const out = await curl("-b", jar, "-X", "POST", `${api}/auth/logout`);
  expect(out.body).toEqual({ message: "Successfully logged out" });
  const refused = await curl("-b", jar, "-X", "POST", `${api}/auth/refresh`);
  expect(refused).toEqual({
    status: 401,
    body: { detail: "Invalid refresh token", error: "invalid_grant" },
  });
  const dead = await curl(...bearer, `${api}/users/me`);
  expect(dead).toEqual({
    status: 401,
    body: { detail: "Could not validate credentials", error: "invalid_token" },
  });
});

// bar 68
test("sessions survive kill -9, and so does the memory of what was rotated away", async ({
  start,
}) => {
  const app = await start({ REFRESH_GRACE_SECONDS: "0" });
  const post = (path: string, body: object) =>
    fetch(`${app.origin}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const account = { username: "johndoe", email: "john@example.com", password: PASSWORD };
  await post("register", account);
  const { refresh_token: old } = await (
    await post("token", { ...account, scope: "offline_access" })
  ).json();
  const { refresh_token: current } = await (await post("refresh", { refresh_token: old })).json();
  await app.kill();
  await app.restart();
  const next = await post("refresh", { refresh_token: current });
  expect(next.status).toBe(200);
  expect((await post("refresh", { refresh_token: old })).status).toBe(401);
  const { refresh_token: last } = await next.json();
  expect((await post("refresh", { refresh_token: last })).status).toBe(401);
  await expect.poll(() => app.logs()).toContain('"event":"authn_token_reuse"');
});
