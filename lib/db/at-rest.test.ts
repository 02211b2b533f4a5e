import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authorize } from "@/lib/auth/authorize";
import { refresh } from "@/lib/auth/refresh";
import type { Tokens } from "@/lib/auth/session";
import { again, BROWSER, JOHN } from "@/lib/auth/testing/world";
import { grantPassword } from "@/lib/auth/token";
import { bytesOf } from "./testing/aside";
import { type RealWorld, realWorld, registerJohn } from "./testing/real-world";

/** What somebody finds who gets hold of the database. */

const JANE = { username: "jane", email: "jane@example.com" };
let john: RealWorld;
const issued: Tokens[] = [];
let stored: readonly string[] = [];
let bytes: Buffer;

beforeAll(async () => {
  john = await realWorld({ bcryptCost: 10 });
  issued.push(await registerJohn(john), await registerJohn(john, JANE));
  issued.push(await again(issued[0]?.refreshToken ?? "", john, "attempt"));
  const grant = { ...JOHN, scope: "offline_access", client: BROWSER, replaces: null };
  issued.push(await grantPassword(grant, john.context));
  const rows = [...(await john.aside.user.findMany()), ...(await john.aside.session.findMany())];
  stored = rows.flatMap((row) => Object.values(row).map(String));
  bytes = await bytesOf(john.url);
});
afterAll(() => john.close());

/** The secret inside a refresh token, in every usual spelling; and the token itself. */
function spellingsOf(token: string): (string | Buffer)[] {
  const secret = Buffer.from(token, "base64url").subarray(18, 34);
  const texts = ["hex", "base64", "base64url"] as const;
  return [token, secret, ...texts.map((encoding) => secret.toString(encoding))];
}

// bar 59
test("there is no token, nor the secret of one, in any column or anywhere in the bytes of the database", () => {
  expect(bytes.includes(issued[0]?.session.id ?? "")).toBe(true);
  for (const { refreshToken, accessToken } of issued) {
    for (const secret of [accessToken, ...spellingsOf(refreshToken)]) {
      expect(bytes.includes(secret)).toBe(false);
      expect(stored.some((value) => value.includes(String(secret)))).toBe(false);
    }
  }
});

// bar 59
test("nothing that is stored opens anything when it is presented as a token", async () => {
  expect(stored.length).toBeGreaterThan(50);
  const spellings = stored.flatMap((value) => [value, Buffer.from(value).toString("base64url")]);
  for (const token of spellings) {
    for (const channel of ["cookie", "body"] as const) {
      const attempt = refresh({ token, channel, attempt: null, ip: null }, john.context);
      await expect(attempt).rejects.toMatchObject({ code: "invalid_refresh_token" });
    }
    await expect(authorize(token, john.context)).rejects.toMatchObject({ code: "invalid_token" });
  }
  await expect(authorize(issued[2]?.accessToken ?? "", john.context)).resolves.toBeTruthy();
});

// bar 14
test("a password is there as a salted bcrypt hash alone: two users with one password share nothing", async () => {
  const hashes = issued.slice(0, 2).map(({ user }) => user.passwordHash);
  for (const hash of hashes) expect(hash).toMatch(/^\$latchkey\$public\$2b\$1\d\$/);
  const salts = hashes.map((hash) => /\$1\d\$(.{22})/.exec(hash)?.[1]);
  expect(new Set(salts).size).toBe(2);

  const digests = ["md5", "sha1", "sha256", "sha384", "sha512"].flatMap((name) => {
    const digest = () => createHash(name).update(JOHN.password).digest();
    const texts = ["hex", "base64", "base64url"] as const;
    return [digest(), ...texts.map((encoding) => digest().toString(encoding))];
  });
  for (const secret of [JOHN.password, ...digests]) expect(bytes.includes(secret)).toBe(false);
});
