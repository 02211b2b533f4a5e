import { compareSync, hashSync } from "bcryptjs";
import { expect, test } from "vitest";
import { adoptHash } from "./foreign-hash";

const storedFormOf = (hash: string) => {
  const adopted = adoptHash(hash);
  return "stored" in adopted ? adopted.stored : null;
};
const refusalOf = (hash: string) => {
  const adopted = adoptHash(hash);
  return "refused" in adopted ? adopted.refused : null;
};
const bcrypt = hashSync("secret", 4);

test.each(["$2a$", "$2b$", "$2y$"])("bcrypt that begins with %s is kept as it is", (prefix) => {
  const hash = bcrypt.replace("$2b$", prefix);
  expect(storedFormOf(hash)).toBe(hash);
});

test("bits that an old maker left in the salt's last digit are no part of the salt", () => {
  // one more than the digit that stands for zeroes: /, P, f or v instead of ., O, e or u
  const spoilt = String.fromCharCode(bcrypt.charCodeAt(28) + 1);
  const hash = bcrypt.slice(0, 28) + spoilt + bcrypt.slice(29);
  expect(compareSync("secret", hash)).toBe(false);
  expect(storedFormOf(hash)).toBe(bcrypt);
});

test("our own forms are kept as they are, also one without a password", () => {
  const forms = ["public", "0a1b2c3d", "passlib-v1", "passlib-v2"].map(
    (name) => `$latchkey$${name}${bcrypt}`,
  );
  const scrypt = `$latchkey$better-auth$${"0a".repeat(16)}$${"1b".repeat(64)}`;
  for (const form of [...forms, scrypt, "$latchkey$none"]) expect(storedFormOf(form)).toBe(form);
});

test.each([
  ["$argon2id$v=19$m=1024,t=1,p=8$c2FsdA$aGFzaA", "not verified here (argon2id)"],
  ["$pbkdf2-sha256$29000$c2FsdA$aGFzaA", "not verified here (pbkdf2-sha256)"],
  [bcrypt.replace("$2b$", "$2x$"), "a broken variant of bcrypt"],
  [bcrypt.replace("$04$", "$16$"), "bcrypt cost 16; 4 to 15"],
  [bcrypt.replace("$04$", "$31$"), "bcrypt cost 31; 4 to 15"],
  [bcrypt.replace("$04$", "$03$"), "bcrypt cost 03; 4 to 15"],
  [`$bcrypt-sha256$v=2,t=2b,r=16$${bcrypt.slice(7, 29)}$${bcrypt.slice(29)}`, "bcrypt cost 16"],
  ["$bcrypt-sha256$v=3,t=2b,r=12$salt$digest", "no known kind"],
  [bcrypt.slice(0, -1), "no known kind"],
  [`${bcrypt}\n`, "no known kind"],
  ["fakehashedsecret", "no known kind"],
  ["", "no known kind"],
])("what could not be verified is refused, and nothing of it told (%#)", (hash, reason) => {
  expect(refusalOf(hash)).toContain(reason);
  expect(hash.length > 12 && refusalOf(hash)?.includes(hash.slice(12))).toBe(false);
});
