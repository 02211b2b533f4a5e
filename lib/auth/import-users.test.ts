import { hashSync } from "bcryptjs";
import { expect, test } from "vitest";
import type { Candidate } from "./candidate";
import { type ImportOptions, UserImport } from "./import-users";
import { login } from "./login";
import { hashPassword, pepperOf } from "./password";
import type { UserId } from "./store";
import { NO_PASSWORD } from "./stored-password";
import { BROWSER, JOHN, SETTINGS, START, type World, world, worldOfJohn } from "./testing/world";

const HASH = hashSync("correct horse battery", 4);
const ANNA: Candidate = {
  id: null,
  username: "Anna",
  email: " Anna@Example.com",
  name: " Anna A ",
  role: "user",
  disabled: false,
  passwordHash: HASH,
  createdAt: null,
  deviceEpoch: 0,
};
const OPTIONS: ImportOptions = { dryRun: false, withoutPassword: false, reservedNames: false };

function importInto({ context }: World, options: Partial<ImportOptions> = {}) {
  const users = new UserImport({ ...OPTIONS, ...options }, context);
  const takeAll = (candidates: readonly Candidate[]) => users.take(candidates);
  const take = async (candidate: Candidate) => {
    const [outcome] = await takeAll([candidate]);
    if (outcome === undefined) throw new Error("nothing was said of a candidate");
    return outcome;
  };
  return { take, takeAll };
}

const refusalOf = async (candidate: Partial<Candidate>, options: Partial<ImportOptions> = {}) => {
  const outcome = await importInto(await world(), options).take({ ...ANNA, ...candidate });
  return outcome.outcome === "refused" ? outcome.refused : null;
};

test("a user is created in canonical form and signs in with the old password; no event is told", async () => {
  const there = await world();
  const outcome = await importInto(there).take(ANNA);
  expect(outcome).toMatchObject({
    outcome: "created",
    isNameDerived: false,
    user: { username: "anna", email: "anna@example.com", name: "Anna A", createdAt: START },
  });
  expect(there.events).toEqual([]);
  const credentials = { username: "anna", password: "correct horse battery", remember: true };
  const tokens = await login(credentials, BROWSER, null, there.context);
  expect(tokens.user.passwordHash).toBe(HASH);
  const stored = await there.store.findUser({ username: "anna" });
  expect(stored?.passwordHash).toMatch(/^\$latchkey\$public\$2b\$04\$/);
});

test("a second import leaves users alone, also those whose name was made up", async () => {
  const there = await world();
  const nameless = { ...ANNA, username: null, email: "anna@example.org" };
  const everybody = async () => {
    const users = importInto(there);
    return [await users.take(ANNA), await users.take(nameless)];
  };
  expect(await everybody()).toMatchObject([
    { outcome: "created", isNameDerived: false },
    { outcome: "created", isNameDerived: true },
  ]);
  expect(await everybody()).toEqual([
    { outcome: "present", user: expect.objectContaining({ username: "anna" }) },
    {
      outcome: "present",
      user: expect.objectContaining({ username: expect.stringMatching(/^anna-[0-9a-f]{4}$/) }),
    },
  ]);
});

test("of users who are taken at once and want one made-up name each gets his own", async () => {
  const domains = Array.from({ length: 20 }, (_, number) => `anna@${number}.example.com`);
  const outcomes = await importInto(await world()).takeAll(
    domains.map((email) => ({ ...ANNA, username: null, email })),
  );
  const names = outcomes.map((each) => ("user" in each ? each.user.username : each.refused));
  expect(new Set(names).size).toBe(20);
  expect(names).toContain("anna");
});

test("an account of somebody else is no reason to touch it", async () => {
  const there = await worldOfJohn();
  const before = await there.store.findUser({ username: JOHN.username });
  const attempts = [
    { username: JOHN.username },
    { email: JOHN.email },
    { id: there.tokens.user.id },
  ];
  const outcomes = await Promise.all(
    attempts.map((attempt) => importInto(there).take({ ...ANNA, ...attempt })),
  );
  expect(outcomes.map((each) => "refused" in each && each.refused)).toEqual([
    "its user name is another account's",
    "its address is another account's",
    "its id is another account's",
  ]);
  expect(await there.store.findUser({ username: JOHN.username })).toEqual(before);
});

test("who stands in the file twice is taken once, the first time", async () => {
  const outcomes = await importInto(await world()).takeAll([
    ANNA,
    { ...ANNA, username: "other", passwordHash: hashSync("other", 4) },
    { ...ANNA, email: "other@example.com" },
  ]);
  expect(outcomes).toEqual([
    expect.objectContaining({ outcome: "created" }),
    { outcome: "refused", refused: "its address stands earlier in the file" },
    { outcome: "refused", refused: "its user name stands earlier in the file" },
  ]);
});

test("a dry run says the same and writes nothing", async () => {
  const there = await worldOfJohn();
  const { username, email } = JOHN;
  const attempts = [{}, { username, email }, { email }, { username }];
  const outcomes = await Promise.all(
    attempts.map((attempt) => importInto(there, { dryRun: true }).take({ ...ANNA, ...attempt })),
  );
  expect(outcomes).toMatchObject([
    { outcome: "created" },
    { outcome: "present" },
    { refused: "its address is another account's" },
    { refused: "its user name is another account's" },
  ]);
  expect(await there.store.findUser({ username: "anna" })).toBeNull();
});

test("a dry run gives made-up names as the import will, one to each", async () => {
  const everybody = [
    { ...ANNA, username: null, email: "anna@example.org" },
    { ...ANNA, username: null, email: "anna@example.net" },
    ANNA,
  ];
  const said = async (dryRun: boolean) => {
    const outcomes = await importInto(await world(), { dryRun }).takeAll(everybody);
    return outcomes.map((each) => ("user" in each ? each.user.username : each.refused));
  };
  expect(await said(true)).toEqual([
    "anna",
    expect.stringMatching(/^anna-[0-9a-f]{4}$/),
    "its user name is another account's",
  ]);
  expect(await said(true)).toEqual(await said(false));
});

test("an address in the place of the name is the address", async () => {
  const there = await world();
  const take = (candidate: Partial<Candidate>) => importInto(there).take({ ...ANNA, ...candidate });
  expect(await take({ username: "Kim@Example.com", email: null })).toMatchObject({
    isNameDerived: true,
    user: { username: "kim", email: "kim@example.com" },
  });
  expect(await take({ username: "lea@old.example.com", email: "lea@example.com" })).toMatchObject({
    user: { username: "lea", email: "lea@example.com" },
  });
});

test.each([
  [{ email: null }, "no valid e-mail address"],
  [{ email: "Ａnna@example.com" }, "no valid e-mail address"],
  [{ username: "a" }, "the user name is not 3 to 32"],
  [{ username: "anna b" }, "the user name is not 3 to 32"],
  [{ username: "Admin" }, "the user name admin is reserved"],
  [{ name: "x".repeat(101) }, "the name is longer than 100"],
  [{ name: "\u001b[31m" }, "the name is longer than 100"],
  [{ passwordHash: null }, "there is no password hash"],
  [{ passwordHash: NO_PASSWORD }, "there is no password hash"],
  [{ passwordHash: "in plain text" }, "damaged or of no known kind"],
] as const)("%j is refused", async (candidate, reason) => {
  expect(await refusalOf(candidate)).toContain(reason);
});

test("an operator may allow reserved names, and users without a password that can be verified", async () => {
  expect(await refusalOf({ username: "admin" }, { reservedNames: true })).toBeNull();
  for (const passwordHash of [null, "$argon2id$v=19$m=1024,t=1,p=8$c2FsdA$aGFzaA"]) {
    const there = await world();
    const outcome = await importInto(there, { withoutPassword: true }).take({
      ...ANNA,
      passwordHash,
    });
    expect(outcome).toMatchObject({ user: { passwordHash: NO_PASSWORD } });
  }
});

test("our own user keeps his id, his devices and his password, if the pepper moved along", async () => {
  const peppers = { current: pepperOf("a pepper of the old house"), previous: null };
  const { hasher } = (await world()).context;
  const ours = {
    ...ANNA,
    id: "2Z3IZGYWEm2D_Nyk2NbbOA" as UserId,
    createdAt: START - 1000,
    deviceEpoch: 3,
    passwordHash: await hashPassword(JOHN.password, { ...SETTINGS, peppers }, hasher),
  };
  const there = await world({ peppers: { ...SETTINGS.peppers, previous: peppers.current } });
  const { id, createdAt, deviceEpoch, passwordHash } = ours;
  expect(await importInto(there).take(ours)).toMatchObject({
    outcome: "created",
    user: { id, createdAt, deviceEpoch, passwordHash },
  });
  expect(await importInto(there).take(ours)).toMatchObject({ outcome: "present" });
  const { user } = await login(
    { username: "anna", password: JOHN.password, remember: true },
    BROWSER,
    null,
    there.context,
  );
  expect(user.id).toBe(id);
  expect(await refusalOf(ours)).toContain("a PASSWORD_PEPPER that is not set here");
});
