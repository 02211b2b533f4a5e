import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as token } from "@/app/api/auth/token/route";
import type { CapturedLog } from "@/lib/testing/captured-log";
import { Client, embeddedApp, whoAmI } from "@/lib/testing/embedded-app";
import { willBeSecret } from "@/lib/testing/evidence";
import { patiently } from "@/lib/testing/patiently";

/** People of a FastAPI application come here by the real command, and sign in by the real handlers. */

const USERS = "lib/transfer/testing/fastapi-users.csv";
const PASSWORDS = "lib/transfer/testing/fastapi-passwords.json";
const DISABLED = "hana";
const HASHED_BY_ARGON2 = "ivan";
const STORED_PASSWORD = /\$2[aby]\$\d\d\$|\$argon2id\$v|\$bcrypt-sha256\$v/;

let log: CapturedLog;
let passwords: Record<string, string>;
let folder: string;
let first: Awaited<ReturnType<typeof latchkey>>;
beforeAll(async () => {
  log = await embeddedApp();
  passwords = JSON.parse(await readFile(PASSWORDS, "utf8"));
  willBeSecret(...Object.values(passwords));
  folder = await mkdtemp(join(tmpdir(), "transfer-"));
  first = await latchkey("import", "users", "--from", "fastapi", USERS);
});
afterAll(() => rm(folder, { recursive: true }));

/** `latchkey …` in a process of its own, over the database of this test. */
function latchkey(...args: string[]) {
  const command = ["lib/cli/latchkey.mjs", ...args];
  return new Promise<{ code: unknown; out: string; words: string }>((resolve) => {
    execFile(process.execPath, command, (error, out, words) =>
      resolve({ code: error?.code ?? 0, out, words }),
    );
  });
}

const linesOf = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const signIn = (username: string, password = "") =>
  patiently(() => new Client().send(login, { json: { username, password } }));

async function exported() {
  const file = join(folder, "users.jsonl");
  expect(await latchkey("export", "--output", file, "--force")).toMatchObject({ code: 0, out: "" });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  return linesOf(await readFile(file, "utf8"));
}

test("who can be imported is, and who cannot is named with the reason and no hash", () => {
  expect(first).toEqual({
    code: 1,
    out: "line 10: refused, the password hash is of a kind that is not verified here (argon2id)\n",
    words: expect.stringContaining("9 created, 0 there already, 1 refused."),
  });
});

// bar 16
test("they sign in with the passwords that passlib hashed, which are upgraded, and again", async () => {
  const { [DISABLED]: _, [HASHED_BY_ARGON2]: __, ...others } = passwords;
  const people = Object.entries(others);
  expect(people).toHaveLength(8);
  const statuses = await Promise.all(
    people.map(async ([name, password]) => [name, (await signIn(name, password)).status]),
  );
  expect(statuses).toEqual(people.map(([name]) => [name, 200]));

  const rows = await exported();
  const password_hash = expect.stringMatching(/^\$latchkey\$public\$2b\$10\$/);
  for (const [username] of people) {
    expect(rows).toContainEqual(expect.objectContaining({ username, password_hash }));
  }
  expect(rows).toContainEqual(
    expect.objectContaining({ username: "judy", role: "admin", disabled: false }),
  );
  for (const username of ["Chiyo@Example.com", "goran"]) {
    const form = { username, password: passwords[username.slice(0, 5).toLowerCase()] ?? "" };
    const answer = await patiently(() => new Client().send(token, { form }));
    expect(answer.status, username).toBe(200);
  }
});

test("a wrong password, a disabled user and one who was not imported are refused", async () => {
  const attempts = [
    signIn("diego", `x${passwords.diego}`),
    signIn("fatima", `${passwords.fatima}x`),
    signIn(DISABLED, passwords[DISABLED]),
    signIn(HASHED_BY_ARGON2, passwords[HASHED_BY_ARGON2]),
  ];
  const statuses = (await Promise.all(attempts)).map(({ status }) => status);
  expect(statuses).toEqual([401, 401, 401, 401]);
});

test("a second run leaves everybody alone, takes who may come without a password, and tells no hash", async () => {
  const args = ["--from", "fastapi", "--without-password", "--json", USERS];
  const { code, out, words } = await latchkey("import", "users", ...args);
  expect(code).toBe(0);
  const rows = linesOf(out);
  expect(rows.map(({ outcome }) => outcome)).toEqual(
    Object.keys(passwords).map((name) => (name === HASHED_BY_ARGON2 ? "created" : "present")),
  );
  expect(rows[8]).toMatchObject({ place: "line 10", former_id: "9", username: HASHED_BY_ARGON2 });
  expect(`${out}${words}${log.text()}`).not.toMatch(STORED_PASSWORD);

  log.clear();
  expect((await signIn(HASHED_BY_ARGON2, passwords[HASHED_BY_ARGON2])).status).toBe(401);
  await expect.poll(() => log.text()).toContain('"no_password"');
});

test("a user from Better Auth signs in, and stays who he is when he is moved on", async () => {
  const password = "Wide letters and a fine ligature";
  willBeSecret(password);
  // made by Better Auth 1.7 from this password, one letter of which was a ligature
  const hash =
    "ab450270adc8d3f2f13b9128ba26db61:2219e2ceaeb28049325511885e2d62b8240ba1efa9e243d9ffacc836f067f4c7d8885fc4bd75ec0343ca2ded0d1e472eee2d90304ba5fb13894db293ce45e99f";
  const file = join(folder, "better-auth.json");
  const user = [{ id: "abc", name: "Kim", email: "kim@example.org" }];
  const account = [{ userId: "abc", providerId: "credential", password: hash }];
  await writeFile(file, JSON.stringify({ user, account }));
  expect(await latchkey("import", "users", "--from", "better-auth", file)).toMatchObject({
    code: 0,
    out: "user 1: kim@example.org has no user name here and is called kim\n",
  });
  expect((await signIn("kim", `x${password}`)).status).toBe(401);
  const client = new Client();
  expect((await client.send(login, { json: { username: "kim", password } })).status).toBe(200);

  const kim = (await exported()).find(({ username }) => username === "kim");
  expect(kim.password_hash).toMatch(/^\$latchkey\$public\$/);
  expect((await (await whoAmI(client)).json()).id).toBe(kim.id);
});

test("a reserved name that an operator gave is kept when our own users move", async () => {
  const file = join(folder, "admin.jsonl");
  const hash = "$2b$10$wW3z5Kyw1c8PJottn0awDOIfFQb7vI0JsALo9SFCvKwLKhKy7qifi";
  await writeFile(
    file,
    JSON.stringify({ username: "admin", email: "root@example.com", password_hash: hash }),
  );
  const importing = (from: string) => latchkey("import", "users", "--from", from, file);
  expect(await importing("fastapi")).toMatchObject({
    code: 1,
    out: "line 1: refused, the user name admin is reserved\n",
  });
  expect(await importing("json")).toMatchObject({ code: 0, out: "" });
});
