import { expect, test } from "vitest";
import {
  createUser,
  deleteUser,
  disableUser,
  enableUser,
  endEverySession,
  endSessionsOf,
  findAccount,
  setPassword,
} from "./administration";
import { login } from "./login";
import { aUser } from "./testing/samples";
import { again, BROWSER, isDead, JOHN, signInAsJohn, world, worldOfJohn } from "./testing/world";

const NEW_PASSWORD = "battery horse correct";
const ADA = {
  username: "Ada",
  email: "Ada@Example.com",
  name: " Ada ",
  password: "purple monkey dishwasher",
  role: "admin",
} as const;
type NewAda = Partial<Parameters<typeof createUser>[0]>;

const signIn = (
  given: Awaited<ReturnType<typeof world>>,
  { username, password }: { readonly username: string; readonly password: string },
) => login({ username, password, remember: true }, BROWSER, null, given.context);

test("an operator makes an account while registration is closed, and its owner signs in", async () => {
  const given = await world({ registrationOpen: false });
  const user = await createUser(ADA, given.context);
  expect(user).toMatchObject({
    username: "ada",
    email: "ada@example.com",
    name: "Ada",
    role: "admin",
    disabled: false,
  });
  expect((await signIn(given, ADA)).user).toEqual(user);
  expect(given.events).toContainEqual({ event: "user_created", userId: user.id });
});

test("an account that an operator makes keeps the rules of names and passwords, but may have a reserved name", async () => {
  const { context } = await world();
  const refusal = (given: NewAda) =>
    createUser({ ...ADA, ...given }, context).catch(({ code, facts }) => [
      code,
      facts.issues?.map(({ loc, type }: { loc: string[]; type: string }) => [loc[1], type]),
    ]);
  const bad = { username: "a b", name: "bell\u0007", email: "nowhere", password: "short" };
  expect(await refusal(bad)).toEqual([
    "validation_failed",
    [
      ["username", "username"],
      ["email", "email"],
      ["name", "characters"],
      ["password", "too_short"],
    ],
  ]);
  expect(await refusal({ password: "password1" })).toEqual([
    "validation_failed",
    [["password", "too_common"]],
  ]);
  await createUser({ ...ADA, username: "admin" }, context);
  expect(await refusal({ username: "ADMIN" })).toEqual(["username_taken", undefined]);
});

test("an account is found by name, by address and by id, and the id goes first", async () => {
  const { context, tokens } = await worldOfJohn();
  const { user } = tokens;
  for (const typed of ["JohnDoe", " john@example.com", user.id]) {
    expect(await findAccount(typed, context)).toEqual(user);
  }
  const lookalike = aUser({ username: user.id });
  await context.store.createUser(lookalike);
  expect(await findAccount(user.id, context)).toEqual(user);
  for (const typed of ["nobody", "", "a b\0", "nobody@example.com"]) {
    expect(await findAccount(typed, context)).toBeNull();
  }
});

// bar 54
test("a disabled user is out at once, and once enabled he signs in anew", async () => {
  const given = await worldOfJohn();
  const { context, events, tokens } = given;
  const other = await signInAsJohn(given);
  events.length = 0;
  expect(await disableUser(tokens.user, context)).toBe(2);
  const { id: userId } = tokens.user;
  expect(events).toEqual([
    { event: "user_updated", reason: "disabled", userId },
    { event: "session_ended", reason: "disabled", userId, count: 2 },
  ]);
  await expect(signInAsJohn(given)).rejects.toMatchObject({ code: "invalid_credentials" });
  for (const each of [tokens, other]) expect(await isDead(each, given)).toBe(true);

  await enableUser(tokens.user, context);
  await expect(again(other.refreshToken, given)).rejects.toMatchObject({
    facts: { ended: "disabled" },
  });
  expect(await isDead(await signInAsJohn(given), given)).toBe(false);
});

test("another password ends every session, and only it signs in", async () => {
  const given = await worldOfJohn();
  const { context, tokens } = given;
  expect(await setPassword(tokens.user, NEW_PASSWORD, context)).toBe(1);
  expect(await isDead(tokens, given)).toBe(true);
  await expect(signInAsJohn(given)).rejects.toMatchObject({ code: "invalid_credentials" });
  const { username } = JOHN;
  expect((await signIn(given, { username, password: NEW_PASSWORD })).user.deviceEpoch).toBe(1);
});

test("who could not guess any more can, once an operator gave him another password", async () => {
  const given = await worldOfJohn();
  const { username } = JOHN;
  const guess = (password: string) => signIn(given, { username, password });
  for (let count = 0; count < 10; count++) await guess("wrong").catch(() => {});
  await expect(guess(JOHN.password)).rejects.toMatchObject({ code: "rate_limited" });
  await setPassword(given.tokens.user, NEW_PASSWORD, given.context);
  await expect(guess(NEW_PASSWORD)).resolves.toBeTruthy();
});

test("a password that nobody may choose is not set, and nothing ends", async () => {
  const given = await worldOfJohn();
  const refused = setPassword(given.tokens.user, "johndoe1", given.context);
  await expect(refused).rejects.toMatchObject({ code: "validation_failed" });
  expect(await isDead(given.tokens, given)).toBe(false);
});

// bar 29
test("who takes the name and the address of a deleted user is somebody else", async () => {
  const given = await worldOfJohn();
  const { context, tokens } = given;
  await deleteUser(tokens.user, context);
  expect(await isDead(tokens, given)).toBe(true);
  const heir = await createUser({ ...JOHN, role: "user" }, context);
  expect(heir.id).not.toBe(tokens.user.id);
  expect(await isDead(tokens, given)).toBe(true);
});

test("what is done to a user who is gone is not found", async () => {
  const { context } = await world();
  const gone = aUser();
  const deeds = [
    () => disableUser(gone, context),
    () => enableUser(gone, context),
    () => setPassword(gone, NEW_PASSWORD, context),
    () => deleteUser(gone, context),
  ];
  for (const deed of deeds) await expect(deed()).rejects.toMatchObject({ code: "not_found" });
});

test("all sessions of one user end, or those of everybody", async () => {
  const given = await worldOfJohn();
  const { context, events } = given;
  await createUser(ADA, context);
  const ada = await signIn(given, ADA);
  expect(await endSessionsOf(given.tokens.user, context)).toBe(1);
  expect(await isDead(given.tokens, given)).toBe(true);
  expect(await isDead(ada, given)).toBe(false);
  await signInAsJohn(given);
  events.length = 0;
  expect(await endEverySession(context)).toBe(2);
  expect(await endEverySession(context)).toBe(0);
  expect(events).toEqual([{ event: "session_ended", reason: "ended", count: 2 }]);
});
