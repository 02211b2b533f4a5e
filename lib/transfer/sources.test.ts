import { expect, test } from "vitest";
import type { User, UserId } from "@/lib/auth/store";
import { NO_PASSWORD } from "@/lib/auth/stored-password";
import { fromBetterAuth } from "./better-auth";
import { fromFastApi } from "./fastapi";
import type { Source } from "./source";
import { allOf } from "./testing/all-of";
import { textOf } from "./text";
import { fromUserLines, lineOf } from "./user-lines";

const read = (source: Source, content: unknown) => {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return allOf(source(textOf([Buffer.from(text)])));
};
const refusalsOf = async (source: Source, content: unknown) =>
  (await read(source, content)).map((reading) => ("refused" in reading ? reading.refused : null));

/** What `Source`s answer of somebody of whom nothing is told. */
const NOBODY = {
  id: null,
  username: null,
  email: null,
  name: null,
  role: "user",
  disabled: false,
  passwordHash: null,
  createdAt: null,
  deviceEpoch: 0,
};

test("the dictionary of FastAPI's tutorial is read", async () => {
  const hash = "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW";
  const johndoe = {
    username: "johndoe",
    full_name: "John Doe",
    email: "johndoe@example.com",
    hashed_password: hash,
    disabled: false,
  };
  const { full_name: name, hashed_password: passwordHash, ...same } = johndoe;
  expect(await read(fromFastApi, { johndoe })).toEqual([
    { place: "entry 1", formerId: null, candidate: { ...NOBODY, ...same, name, passwordHash } },
  ]);
});

test("rows of FastAPI's templates are read, whatever their columns are called", async () => {
  const rows = [
    { id: 7, email: "a@example.com", is_active: true, is_superuser: true, hashed_password: "of a" },
    { ID: "x", Email: "b@example.com", Name: "B", isActive: "f", passwordHash: "of b", other: [1] },
    { username: "c", disabled: 1, password: "of c", created_at: "1970-01-01 00:00:01" },
  ];
  expect(await read(fromFastApi, rows)).toMatchObject([
    { formerId: "7", candidate: { email: "a@example.com", role: "admin", passwordHash: "of a" } },
    { formerId: "x", candidate: { name: "B", disabled: true, role: "user", passwordHash: "of b" } },
    { candidate: { username: "c", disabled: true, passwordHash: "of c", createdAt: 1000 } },
  ]);
});

test("a field that cannot be read is named, and its value is not told", async () => {
  const rows = [
    { email: "a@example.com", is_active: "perhaps" },
    { email: { $oid: "x" } },
    { email: "a@example.com", created_at: "lately" },
    "text",
    null,
  ];
  expect(await refusalsOf(fromFastApi, rows)).toEqual([
    "isactive must be yes or no",
    "email must be text",
    "createdat must be a time",
    "the entry is no object, or has more or fewer cells than the header",
    "the entry is no object, or has more or fewer cells than the header",
  ]);
});

test("Better Auth's users are joined with their passwords, and not with their other accounts", async () => {
  const user = [
    { id: "1", name: "A", email: "a@example.com", role: "user,admin", createdAt: "2024-02-01" },
    { id: "2", email: "b@example.com", username: "b_b", banned: true, banExpires: null },
    { id: "3", email: "c@example.com", role: null },
  ];
  const account = [
    { userId: "1", providerId: "github", password: "of nobody", accountId: "1" },
    { userId: "1", providerId: "credential", password: "of a" },
    { user_id: "2", provider_id: "credential", password: "of b" },
    { userId: "3", providerId: "google", password: null },
  ];
  const expected = [
    { name: "A", role: "admin", passwordHash: "of a", createdAt: Date.parse("2024-02-01") },
    { username: "b_b", disabled: true, passwordHash: "of b" },
    {},
  ].map((told, index) => ({
    place: `user ${index + 1}`,
    formerId: `${index + 1}`,
    candidate: { ...NOBODY, email: user[index]?.email, ...told },
  }));
  expect(await read(fromBetterAuth, { user, account })).toEqual(expected);
  expect(await read(fromBetterAuth, { users: user, accounts: account })).toEqual(expected);
  await expect(read(fromBetterAuth, { user })).rejects.toThrow('no list "account"');
  await expect(read(fromBetterAuth, user)).rejects.toThrow('no list "account"');
});

test("a password of Better Auth that names no user is nobody's, also where a user has no id", async () => {
  const user = [{ email: "a@example.com" }];
  const account = [{ providerId: "credential", password: "of nobody" }];
  expect(await read(fromBetterAuth, { user, account })).toEqual([
    { place: "user 1", formerId: null, candidate: { ...NOBODY, email: "a@example.com" } },
  ]);
});

const JUDY: User = {
  id: "2Z3IZGYWEm2D_Nyk2NbbOA" as UserId,
  username: "judy",
  email: "judy@example.com",
  name: "Judy \u2028",
  role: "admin",
  disabled: true,
  passwordHash: "$2b$10$wW3z5Kyw1c8PJottn0awDOIfFQb7vI0JsALo9SFCvKwLKhKy7qifi",
  createdAt: Date.parse("2024-02-10T08:30:00.123Z"),
  deviceEpoch: 3,
};

test("a line of ours is read as the user it was made of, without a password if it has none", async () => {
  const lines = [
    lineOf(JUDY, true),
    lineOf(JUDY, false),
    lineOf({ ...JUDY, passwordHash: NO_PASSWORD }, true),
  ];
  expect(lines[0]).not.toContain("passwordHash");
  const readings = await read(fromUserLines, lines.join(""));
  const hashes = [JUDY.passwordHash, null, null];
  expect(readings).toEqual(
    hashes.map((passwordHash, index) => ({
      place: `line ${index + 1}`,
      formerId: null,
      candidate: { ...JUDY, passwordHash },
    })),
  );
});

test("a line of ours may tell little, but nothing wrong", async () => {
  const email = "a@example.com";
  expect(await read(fromUserLines, { email })).toMatchObject([{ candidate: { ...NOBODY, email } }]);
  const rows = [
    { email, id: "42" },
    { email, role: "wizard" },
    { email, disabled: "no" },
    { email, device_epoch: -1 },
    { email, device_epoch: 1e10 },
  ];
  expect(await refusalsOf(fromUserLines, rows)).toEqual([
    "id must be 22 characters of base64url",
    "role must be user or admin",
    "disabled must be true or false",
    "device_epoch must not be negative",
    "device_epoch must be a whole number",
  ]);
});
