import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { POST as register } from "@/app/api/auth/register/route";
import { Client, embeddedApp } from "@/lib/testing/embedded-app";
import { POST as login } from "./route";

/** What registering and signing in do with passwords of every kind: everything in them counts. */

beforeAll(() => embeddedApp());

// bar 5, 6
test.each([
  ["a".repeat(72), "X…", "Y…"],
  ["😀".repeat(18), "X…", "Y…"],
  ["é".repeat(63), "é", "e"],
  ["😀".repeat(63), "😀", "😁"],
  ["ab".repeat(63), "ab", "ac"],
])("nothing of a long one is cut off (%#)", async (head, tail, otherTail) => {
  const username = await registered(head + tail);
  expect(await signIn(username, head + otherTail)).toBe(401);
  expect(await signIn(username, head)).toBe(401);
  expect(await signIn(username, head + tail)).toBe(200);
});

// bar 5
test("a long address takes no room from the password", async () => {
  const username = newName();
  const email = `${username}.${"x".repeat(50)}@${"long.".repeat(4)}example.com`;
  expect(email.length).toBeGreaterThan(80);
  const password = `${"a".repeat(72)}X`;
  await registered(password, username, email);
  expect(await signIn(email, `${"a".repeat(72)}Y`)).toBe(401);
  expect(await signIn(email, password)).toBe(200);
});

// bar 7
test.each([
  ["  Tangerine Otter 7  ", "Tangerine Otter 7"],
  ["Tangerine\tOtter 7", "Tangerine Otter 7"],
  ["Tangerine  Otter 7", "Tangerine Otter 7"],
  ["Tangerine Otter 7", "tANGERINE oTTER 7"],
  ["Tangerine Ötter 7", "Tangerine O\u0308tter 7"],
])("%j is not %j", async (password, other) => {
  const username = await registered(password);
  expect(await signIn(username, other)).toBe(401);
  expect(await signIn(username, password)).toBe(200);
});

// bar 13
test("one with NUL and other controls is kept whole", async () => {
  const username = await registered("tangerine\u0000def\u001b\n");
  for (const other of ["tangerine\u0000zzz\u001b\n", "tangerine", "tangerine\u0000def"]) {
    expect(await signIn(username, other)).toBe(401);
  }
  expect(await signIn(username, "tangerine\u0000def\u001b\n")).toBe(200);
});

// bar 13
test("half a surrogate pair is refused, and is not its replacement character", async () => {
  const half = await askFor({ password: "tangerine otter \ud83d" });
  expect(half.status).toBe(422);
  expect(await half.json()).toMatchObject({ detail: [{ loc: ["body", "password"] }] });
  const username = await registered("tangerine otter \ufffd");
  expect(await signIn(username, "tangerine otter \ud83d")).toBe(422);
  expect(await signIn(username, "tangerine otter \ufffd")).toBe(200);
});

const newName = () => `user-${randomUUID().slice(0, 8)}`;

const askFor = (fields: Record<string, string>) => {
  const username = newName();
  const json = { username, email: `${username}@example.com`, ...fields };
  return new Client().send(register, { json });
};

/** The name of a new account with this password. */
async function registered(
  password: string,
  username = newName(),
  email = `${username}@example.com`,
) {
  const answer = await askFor({ username, email, password });
  expect(answer.status).toBe(201);
  return username;
}

async function signIn(username: string, password: string): Promise<number> {
  return (await new Client().send(login, { json: { username, password } })).status;
}
