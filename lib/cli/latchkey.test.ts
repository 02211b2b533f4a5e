import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { closeAuth } from "@/lib/server";
import { Client, embeddedApp, PASSWORD } from "@/lib/testing/embedded-app";
import { bin } from "../../package.json";

/** The program itself, in a process of its own, beside a server with the same database. */

beforeAll(() => embeddedApp());
afterAll(closeAuth);

async function latchkey(
  args: readonly string[],
  stdin: string | Uint8Array = "",
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn(process.execPath, [bin.latchkey, ...args], {
    env: { ...process.env, ...env },
  });
  child.stdin.end(stdin);
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr, exitCode: await exit };
}

const creating = (username: string) => [
  "users",
  "create",
  "--username",
  username,
  "--email",
  `${username}@example.com`,
];

test("an account whose password came by stdin is there for the server", async () => {
  const made = await latchkey([...creating("ada"), "--json"], `${PASSWORD}\r\nnot this\n`);
  expect(made).toMatchObject({ exitCode: 0 });
  const { id } = JSON.parse(made.stdout);
  const json = { username: "ada", password: PASSWORD };
  const response = await new Client().send(login, { json });
  expect(await response.json()).toMatchObject({ user: { id } });
  // stdout is data, the log goes elsewhere
  expect(JSON.parse(made.stderr)).toMatchObject({ event: "user_created", userId: id });
});

test("a password that is none, is weak or is not UTF-8 makes no account", async () => {
  const outcomes = await Promise.all([
    latchkey(creating("eve")),
    latchkey(creating("eve"), "password1\n"),
    latchkey(creating("eve"), Uint8Array.of(0xff, 0xfe, 0x0a)),
  ]);
  for (const { exitCode, stdout } of outcomes) expect([exitCode, stdout]).toEqual([1, ""]);
  const [none, weak, garbled] = outcomes.map(({ stderr }) => stderr);
  expect(none).toBe("No password came: the first line of stdin is empty.\n");
  expect(weak).toBe("password: Among the first that anybody would try.\n");
  expect(garbled).toBe("The password on stdin is not UTF-8.\n");
});

test("an import whose reader goes away says that it was not told to its end", async () => {
  const args = "import users --from json --without-password --json".split(" ");
  const child = spawn(process.execPath, [bin.latchkey, ...args]);
  child.stdout.destroy();
  child.stdin.end('{"email":"gone@example.com"}\n');
  expect(await once(child, "exit")).toEqual([1, null]);
});

test("the doctor's exit code says whether something does not work, and no value is told", async () => {
  const [well, ill] = await Promise.all([
    latchkey(["doctor"]),
    latchkey(["doctor", "--json"], "", { AUTH_SECRET: "hunter2", DATABASE_URL: "file:/gone/x.db" }),
  ]);
  expect(well).toMatchObject({ exitCode: 0, stderr: "" });
  expect(ill.exitCode).toBe(1);
  expect(ill.stdout).not.toContain("hunter2");
  expect(JSON.parse(ill.stdout)).toMatchObject({
    status: "problem",
    checks: expect.arrayContaining([
      {
        name: "settings",
        status: "problem",
        detail: "AUTH_SECRET must have at least 32 bytes.",
      },
    ]),
  });
});
