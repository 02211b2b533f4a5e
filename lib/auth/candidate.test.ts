import { expect, test } from "vitest";
import { type Allowances, acceptCandidate, type Candidate } from "./candidate";
import { NO_PASSWORD } from "./stored-password";
import { ANNA } from "./testing/anna";
import { SETTINGS } from "./testing/world";

/** Anna, but for what is given. */
const judge = (told: Partial<Candidate>, allowed: Partial<Allowances> = {}) =>
  acceptCandidate(
    { ...ANNA, ...told },
    { withoutPassword: false, reservedNames: false, ...allowed },
    SETTINGS.peppers,
  );

test("everything is brought into its canonical form", () => {
  const canonical = { usernames: ["anna"], email: "anna@example.com", name: "Anna A" };
  expect(judge({})).toMatchObject({ ...canonical, isNameDerived: false });
});

test("an address in the place of the name is the address", () => {
  const kim = judge({ username: "Kim@Example.com", email: null });
  expect(kim).toMatchObject({ isNameDerived: true, email: "kim@example.com" });
  expect(kim).toHaveProperty("usernames.0", "kim");
  const lea = judge({ username: "lea@old.example.com", email: "lea@example.com" });
  expect(lea).toMatchObject({ isNameDerived: true, email: "lea@example.com" });
  expect(lea).toHaveProperty("usernames.0", "lea");
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
] as const)("%j is refused", (told, reason) => {
  expect(judge(told)).toEqual({ refused: expect.stringContaining(reason) });
});

test("an operator may allow reserved names, and users without a password that can be verified", () => {
  const admin = judge({ username: "admin" }, { reservedNames: true });
  expect(admin).toMatchObject({ usernames: ["admin"] });
  for (const passwordHash of [null, "$argon2id$v=19$m=1024,t=1,p=8$c2FsdA$aGFzaA"]) {
    const accepted = judge({ passwordHash }, { withoutPassword: true });
    expect(accepted).toMatchObject({ passwordHash: NO_PASSWORD });
  }
});
