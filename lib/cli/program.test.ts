import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { closeAuth } from "@/lib/server";
import { Client, embeddedApp, newcomer, whoAmI } from "@/lib/testing/embedded-app";
import { willBeSecret } from "@/lib/testing/evidence";
import { run } from "./program";

/** The commands in this process, on the database of its handlers. */

beforeAll(() => embeddedApp({ REGISTRATION: "open" }));
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(closeAuth);

/** What a command wrote, and its exit code. */
async function latchkey(line: string) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += text;
      return true;
    }),
  );
  try {
    const exitCode = await run(line.split(" "));
    return { ...written, exitCode };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The JSON lines that a command answers. */
async function answerOf(line: string): Promise<Record<string, unknown>[]> {
  const { stdout, stderr, exitCode } = await latchkey(`${line} --json`);
  expect([stderr, exitCode]).toEqual(["", 0]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((each) => JSON.parse(each));
}

const signIn = (username: string, password: unknown) =>
  new Client().send(login, { json: { username, password } });

test("an account made with a generated password signs in with it", async () => {
  const [made] = await answerOf(
    "users create --username ada --email ada@example.com --role admin --generate",
  );
  willBeSecret(String(made?.password));
  const response = await signIn("ada", made?.password);
  expect(response.status).toBe(200);
  const { password, ...user } = made ?? {};
  expect(await response.json()).toMatchObject({ user });
  expect(await answerOf("users list")).toContainEqual(user);
  expect(await answerOf("users show ADA@example.com")).toEqual([{ ...user, live_sessions: 1 }]);
});

// bar 54
test("a user who is disabled by a command is out by his next request", async () => {
  const { client, username } = await newcomer();
  expect(await answerOf(`users disable ${username}`)).toMatchObject([
    { username, disabled: true, sessions_ended: 1 },
  ]);
  expect((await whoAmI(client)).status).toBe(401);
  expect(await answerOf(`users enable ${username}`)).toMatchObject([{ username, disabled: false }]);
  expect((await whoAmI(client)).status).toBe(401);
});

test("a password that is set by a command is the only one", async () => {
  const { client, username } = await newcomer();
  const [changed] = await answerOf(`users set-password ${username} --generate`);
  willBeSecret(String(changed?.password));
  expect(changed).toMatchObject({ username, sessions_ended: 1 });
  expect((await whoAmI(client)).status).toBe(401);
  expect((await signIn(username, changed?.password)).status).toBe(200);
});

// bar 29
test("a user is deleted only when it is said twice", async () => {
  const { client, username } = await newcomer();
  expect((await latchkey(`users delete ${username}`)).exitCode).toBe(2);
  expect((await whoAmI(client)).status).toBe(200);
  await answerOf(`users delete ${username} --yes`);
  expect((await whoAmI(client)).status).toBe(401);
  const shown = await latchkey(`users show ${username}`);
  expect([shown.exitCode, shown.stderr]).toEqual([1, "No user has this name, address or id.\n"]);
});

test("sessions are listed, and end one by one, by user or all at once", async () => {
  const [one, other] = [await newcomer(), await newcomer()];
  const [listed] = await answerOf(`sessions list ${one.username}`);
  expect(listed).toMatchObject({ transport: "cookie", device: "Unknown device" });
  expect(await answerOf(`sessions revoke ${listed?.id}`)).toEqual([{ sessions_ended: 1 }]);
  expect((await whoAmI(one.client)).status).toBe(401);
  expect((await latchkey(`sessions revoke ${listed?.id}`)).exitCode).toBe(1);
  expect(await answerOf(`sessions revoke --user ${one.username}`)).toEqual([{ sessions_ended: 0 }]);
  expect((await whoAmI(other.client)).status).toBe(200);
  await answerOf("sessions revoke --all");
  expect((await whoAmI(other.client)).status).toBe(401);
  expect((await latchkey("sessions revoke")).exitCode).toBe(2);
});

test.each([
  "users create --username eve --email eve@example.com --password hunter2",
  "users set-password ada --new-password=hunter2",
  "users set-password ada -p hunter2",
  "users set-password ada hunter2",
  "users set-password ada --key=hunter2",
])("a password is no argument and is not repeated: %s", async (line) => {
  const { exitCode, stderr, stdout } = await latchkey(line);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("A password is never an argument");
  expect(stderr).not.toContain("hunter2");
});

test("what a command was called wrongly with is told, and its exit code is 2", async () => {
  for (const line of ["users", "nonsense", "users create --username eve", "users list --foo"]) {
    expect(await latchkey(line)).toMatchObject({ exitCode: 2, stdout: "" });
  }
  expect(await latchkey("--version")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("an id that begins with a dash is an id, also behind an option", async () => {
  for (const options of ["", "--json "]) {
    const { exitCode, stderr } = await latchkey(`sessions revoke ${options}-abcdefghijklmnopqrst1`);
    expect([exitCode, stderr]).toEqual([1, "There is no live session with this id.\n"]);
  }
});

test("everything that is wrong with an account is told in sentences", async () => {
  const { exitCode, stderr } = await latchkey("users create --username a --email b --generate");
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    "username: Use 3 to 32 letters, digits or . _ -.\nemail: This is not an e-mail address.\n",
  );
});

test("a new secret is one that the settings accept", async () => {
  const { stdout } = await latchkey("secret");
  willBeSecret(stdout.trim());
  expect(stdout).toMatch(/^[\w-]{43}\n$/);
});

test("cleaning up tells how much was deleted", async () => {
  await answerOf("cleanup");
  expect(await answerOf("cleanup")).toEqual([{ sessions_deleted: 0, throttles_deleted: 0 }]);
});

test("migrations that are there are not missed", async () => {
  expect(await latchkey("migrate --check")).toEqual({
    stdout: "",
    stderr: "The database lacks no migration.\n",
    exitCode: 0,
  });
});

test("the doctor looks at everything, and finds nothing wrong but what a machine may lack", async () => {
  const [answer] = await answerOf("doctor");
  const checks = answer?.checks as readonly { readonly name: string; readonly status: string }[];
  const notOk = checks.filter(({ status }) => status !== "ok").map(({ name }) => name);
  const mayLack = ["build", "passwords", "disk"];
  expect(notOk.filter((name) => !mayLack.includes(name))).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual([
    "node",
    "build",
    "settings",
    "secret",
    "passwords",
    "proxy headers",
    "database",
    // of SQLite, and of PostgreSQL
    expect.stringMatching(/^(disk|connections)$/),
    "migrations",
    "clock",
  ]);
});
