import { compare, hash } from "bcryptjs";
import { expect, test } from "vitest";
import { adoptHash } from "./foreign-hash";
import {
  hashPassword,
  isReadable,
  needsUpgrade,
  type PasswordHasher,
  pepperOf,
  verifyPassword,
} from "./password";
import { NO_PASSWORD } from "./stored-password";

/** Passwords under hashes that other systems made. */

const settings = { bcryptCost: 4, peppers: { current: pepperOf("one"), previous: null } };

/** bcrypt, but scrypt is only written down. */
function hasher() {
  const compared: string[] = [];
  const made: PasswordHasher = {
    hash,
    async compare(text, stored) {
      compared.push(stored.startsWith("$2") ? stored.slice(0, 7) : `${text} under ${stored}`);
      return stored.startsWith("$2") && compare(text, stored);
    },
  };
  return { compared, hasher: made };
}

function adopted(foreign: string): string {
  const adoption = adoptHash(foreign);
  if ("refused" in adoption) throw new Error(adoption.refused);
  return adoption.stored;
}

test.each([
  [
    "bcrypt_sha256 of passlib 1.7",
    "pässword",
    "$bcrypt-sha256$v=2,t=2b,r=5$fxNgjrnlhg5diF9PGiRK9u$QyNywuyvUh1hBZYFDbURyB16Oosk2Iq",
  ],
  [
    "bcrypt_sha256 of passlib 1.6",
    "x",
    "$bcrypt-sha256$2b,5$XRwXjQszY4Oei93MEMBYhe$j9Y3jKZ2IDCkjfABejI19LJimR3CV6y",
  ],
])("%s verifies and is upgraded", async (_, password, foreign) => {
  const stored = adopted(foreign);
  const { compared, hasher: bcrypt } = hasher();
  expect(await verifyPassword(password, stored, settings, bcrypt)).toBe(true);
  expect(await verifyPassword(`${password}.`, stored, settings, bcrypt)).toBe(false);
  // of another cost than the configured one, so that one is paid, too
  expect(compared).toEqual(["$2b$05$", "$2b$04$", "$2b$05$", "$2b$04$"]);
  expect(needsUpgrade(stored, settings)).toBe(true);
});

test("of plain bcrypt the first 72 bytes count until its owner signs in, and then all", async () => {
  const password = `${"é".repeat(36)}, and more`;
  const stored = adopted(await hash("é".repeat(36), 4));
  const { hasher: bcrypt } = hasher();
  expect(await verifyPassword(password, stored, settings, bcrypt)).toBe(true);
  const upgraded = await hashPassword(password, settings, bcrypt);
  expect(await verifyPassword("é".repeat(36), upgraded, settings, bcrypt)).toBe(false);
  expect(await verifyPassword(password, upgraded, settings, bcrypt)).toBe(true);
});

test("Better Auth's scrypt gets the password in its normal form, and bcrypt runs as well", async () => {
  const foreign = `${"0a".repeat(16)}:${"1b".repeat(64)}`;
  const stored = adopted(foreign);
  const { compared, hasher: bcrypt } = hasher();
  expect(await verifyPassword("ﬁne", stored, settings, bcrypt)).toBe(false);
  expect(compared).toEqual([`fine under ${foreign}`, "$2b$04$"]);
  expect(needsUpgrade(stored, settings)).toBe(true);
});

test("an account without a password is readable, and nothing opens it", async () => {
  const { compared, hasher: bcrypt } = hasher();
  for (const password of ["", "none", NO_PASSWORD]) {
    expect(await verifyPassword(password, NO_PASSWORD, settings, bcrypt)).toBe(false);
  }
  expect(compared).toEqual(["$2b$04$", "$2b$04$", "$2b$04$"]);
  expect(isReadable(NO_PASSWORD)).toBe(true);
});

test("a hash of a cost that nobody may be made to pay is none", async () => {
  const { compared, hasher: bcrypt } = hasher();
  for (const cost of ["00", "03", "16", "31"]) {
    const stored = (await hash("secret", 4)).replace("$04$", `$${cost}$`);
    expect(isReadable(stored)).toBe(false);
    expect(await verifyPassword("secret", stored, settings, bcrypt)).toBe(false);
  }
  expect(compared).toEqual(Array(4).fill("$2b$04$"));
});
