import { hashSync } from "bcryptjs";
import { expect, test } from "vitest";
import type { Candidate } from "./candidate";
import { type ImportOptions, UserImport } from "./import-users";
import { login } from "./login";
import { hashPassword, pepperOf } from "./password";
import type { UserId } from "./store";
import { ANNA } from "./testing/anna";
import { BROWSER, JOHN, SETTINGS, START, type World, world, worldOfJohn } from "./testing/world";

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
  expect(tokens.user.passwordHash).toBe(ANNA.passwordHash);
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
  expect(await importInto(await world()).take(ours)).toEqual({
    outcome: "refused",
    refused: expect.stringContaining("a PASSWORD_PEPPER that is not set here"),
  });
});
