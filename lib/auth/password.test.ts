import { compare, hash } from "bcryptjs";
import { expect, test } from "vitest";
import type { AuthSettings } from "./context";
import {
  hashPassword,
  needsUpgrade,
  type PasswordHasher,
  pepperOf,
  verifyPassword,
} from "./password";

const bcrypt: PasswordHasher = { hash, compare };
const settings: Pick<AuthSettings, "bcryptCost" | "peppers"> = {
  bcryptCost: 4,
  peppers: { current: pepperOf(undefined), previous: null },
};
const peppered = { ...settings, peppers: { current: pepperOf("one"), previous: null } };

const stored = (password: string, under = settings) => hashPassword(password, under, bcrypt);
const matches = (password: string, form: string | null, under = settings) =>
  verifyPassword(password, form, under, bcrypt);

/** Counts bcrypt runs by cost. */
function counting() {
  const costs: number[] = [];
  const hasher: PasswordHasher = {
    hash,
    compare(text, bcryptHash) {
      costs.push(Number(bcryptHash.slice(4, 6)));
      return compare(text, bcryptHash);
    },
  };
  return { costs, hasher };
}

// bar 5, 6
test.each([
  ["a".repeat(72), "X", "Y"],
  ["😀".repeat(18), "X", "Y"],
  ["é".repeat(63), "é", "e"],
  ["😀".repeat(63), "😀", "😁"],
])("nothing is cut off after 72 bytes", async (head, tail, otherTail) => {
  const form = await stored(head + tail);
  expect(await matches(head + tail, form)).toBe(true);
  expect(await matches(head + otherTail, form)).toBe(false);
});

// bar 7, 13
test.each([" lead", "trail ", "in ner", "tab\t", "Case", "nul\u0000def"])(
  "%j is verified exactly as typed",
  async (password) => {
    const form = await stored(password);
    expect(await matches(password, form)).toBe(true);
    expect(await matches(password.trim().toUpperCase(), form)).toBe(false);
    expect(await matches(password.split("\u0000")[0]?.trimEnd() ?? "", form)).toBe(
      password.trimEnd() === password && !password.includes("\u0000"),
    );
  },
);

// bar 14, 15
test("the stored form says how it was made and is another one each time", async () => {
  const form = await stored("same password");
  expect(form).toMatch(/^\$latchkey\$public\$2b\$04\$.{53}$/);
  expect(await stored("same password", peppered)).toMatch(/^\$latchkey\$[0-9a-f]{8}\$2b\$04\$/);
  expect(await stored("same password")).not.toBe(form);
});

// bar 15
test("a hash of an unknown pepper fails quietly; of the previous one it verifies and is upgraded", async () => {
  const form = await stored("password", peppered);
  expect(await matches("password", form)).toBe(false);
  const next = { ...settings, peppers: { current: pepperOf("two"), previous: pepperOf("one") } };
  expect(await matches("password", form, next)).toBe(true);
  expect(needsUpgrade(form, next)).toBe(true);
  expect(needsUpgrade(await stored("password", next), next)).toBe(false);
});

test("a hash made before there was any pepper verifies under every later one", async () => {
  const form = await stored("password");
  const later = { ...settings, peppers: { current: pepperOf("two"), previous: pepperOf("one") } };
  expect(await matches("password", form, later)).toBe(true);
  expect(needsUpgrade(form, later)).toBe(true);
});

// bar 16
test.each(["$2a$", "$2b$", "$2y$"])(
  "a plain %s hash verifies and wants an upgrade",
  async (prefix) => {
    const plain = (await hash("imported", 4)).replace("$2b$", prefix);
    expect(await matches("imported", plain)).toBe(true);
    expect(await matches("other", plain)).toBe(false);
    expect(needsUpgrade(plain, settings)).toBe(true);
  },
);

test("a hash of another cost wants an upgrade", async () => {
  expect(needsUpgrade(await stored("password"), { ...settings, bcryptCost: 5 })).toBe(true);
});

test.each([null, "", "garbage", "$2b$04$short", "$latchkey$public$argon2"])(
  "%j verifies nothing, with the work of one hash",
  async (form) => {
    const { costs, hasher } = counting();
    expect(await verifyPassword("password", form, settings, hasher)).toBe(false);
    expect(costs).toEqual([4]);
  },
);

test("work does not tell accounts apart: too long, unknown pepper, another cost", async () => {
  const unknownPepper = await stored("password", peppered);
  const olderCost = await stored("password", { ...settings, bcryptCost: 5 });
  const work = async (password: string, form: string) => {
    const { costs, hasher } = counting();
    await verifyPassword(password, form, settings, hasher);
    return costs;
  };
  expect(await work("x".repeat(257), unknownPepper)).toEqual([4]);
  expect(await work("password", unknownPepper)).toEqual([4]);
  expect(await work("wrong", olderCost)).toEqual([5, 4]);
});
