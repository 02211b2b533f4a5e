import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveKeys } from "./keys";
import { newId } from "./new-id";
import {
  hashSecret,
  mintRefreshToken,
  newSessionSecret,
  parseRefreshToken,
  type SessionSecret,
} from "./refresh-token";
import type { SessionId } from "./store";
import { testKeys } from "./testing/world";

const keys = await testKeys;
const [others, both] = await (async () => {
  const next = await deriveKeys("Zk3q9XwT7bVn2RmLp8Yc4HsGf6Jd1AeU", []);
  return [next, [...next, ...keys] as const] as const;
})();

const claims = () => ({
  sessionId: newId() as SessionId,
  secret: newSessionSecret(),
  generation: 7,
});

test("what was minted is read back, whatever the values", () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  const generations = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(bytes, bytes, generations, (id, secret, generation) => {
      const given = {
        sessionId: Buffer.from(id).toString("base64url") as SessionId,
        secret: Buffer.from(secret) as SessionSecret,
        generation,
      };
      const token = mintRefreshToken(given, keys);
      expect(token).toMatch(/^[A-Za-z0-9_-]{72}$/);
      expect(parseRefreshToken(token, keys)).toEqual(given);
    }),
  );
});

test("minting is deterministic, so a retry gets the identical token", () => {
  const given = claims();
  expect(mintRefreshToken(given, keys)).toBe(mintRefreshToken({ ...given }, keys));
});

// bar 58
test("2000 tokens are 2000 different ones, short and of safe characters, with 128 bits that all vary", () => {
  const made = Array.from({ length: 2000 }, claims);
  const tokens = made.map((given) => mintRefreshToken(given, keys));
  expect(new Set(tokens).size).toBe(2000);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{72}$/);
  const secrets = made.map(({ secret }) => secret);
  expect(new Set(secrets.map(hashSecret)).size).toBe(2000);
  for (let bit = 0; bit < 128; bit++) {
    const set = secrets.filter((secret) => (secret[bit >> 3] ?? 0) & (1 << (bit & 7))).length;
    // a fair coin comes here once in 10¹⁸ times; the fixed bits of a UUID never vary
    expect(Math.abs(set - 1000), `bit ${bit}`).toBeLessThan(200);
  }
});

test("any changed character is refused", () => {
  const token = mintRefreshToken(claims(), keys);
  for (let at = 0; at < token.length; at++) {
    const changed = token[at] === "A" ? "B" : "A";
    expect(parseRefreshToken(token.slice(0, at) + changed + token.slice(at + 1), keys)).toBeNull();
  }
});

test.each([
  "",
  "x",
  "=".repeat(72),
  "A".repeat(71),
  "A".repeat(73),
  "é".repeat(72),
  "A".repeat(72),
])("%j is no token", (value) => {
  expect(parseRefreshToken(value, keys)).toBeNull();
});

test("a token of another secret is refused, until that secret is listed", () => {
  const token = mintRefreshToken(claims(), keys);
  expect(parseRefreshToken(token, others)).toBeNull();
  expect(parseRefreshToken(token, both)).not.toBeNull();
});
