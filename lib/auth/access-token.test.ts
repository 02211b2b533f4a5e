import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { signAccessToken, verifyAccessToken } from "./access-token";
import { kidHex } from "./keys";
import { START, testKeys, worldOfJohn } from "./testing/world";

const [key] = await testKeys;
const { context, tokens, pass } = await worldOfJohn();
const { accessToken, session, scope } = tokens;
const seconds = START / 1000;

const header = { alg: "EdDSA", typ: "at+jwt", kid: kidHex(key.kid) };
const claims = {
  iss: "http://localhost:3000",
  aud: "http://localhost:3000",
  sub: session.userId,
  sid: session.id,
  jti: "b0a0c5d4-0000-4000-8000-000000000000",
  iat: seconds,
  exp: seconds + 900,
  auth_time: seconds,
  scope: "profile",
  role: "user",
};

const refused = { code: "invalid_token" };
const verify = (token: string) => verifyAccessToken(token, context);
const sign = (changed: object, head: object = {}) =>
  new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ ...header, ...head } as typeof header)
    .sign(key.signing);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

// bar 31
test("a token has exactly the header and the claims it should, and nothing personal", async () => {
  const [head = "", body = ""] = accessToken.split(".");
  const parse = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  expect(parse(head)).toEqual(header);
  expect(Object.keys(parse(body)).sort()).toEqual(Object.keys(claims).sort());
  expect(accessToken.length).toBeLessThanOrEqual(1024);
  await expect(verify(accessToken)).resolves.toMatchObject({ sub: session.userId, scope });
});

test("the twin that the tests sign with is good, so that what follows fails for its one change", async () => {
  await expect(verify(await sign({}))).resolves.toMatchObject({ sid: session.id });
});

// bar 36
test("any changed character is refused", async () => {
  for (let at = 0; at < accessToken.length; at++) {
    const changed = accessToken[at] === "A" ? "B" : "A";
    const forged = accessToken.slice(0, at) + changed + accessToken.slice(at + 1);
    await expect(verify(forged)).rejects.toMatchObject(refused);
  }
});

// bar 37
test("only the canonical encoding is accepted", async () => {
  const [head, body, signature = ""] = accessToken.split(".");
  const last = signature.at(-1) ?? "";
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const sameBytes = alphabet[alphabet.indexOf(last) ^ 1];
  const spellings = [
    `${accessToken}=`,
    `${accessToken}==`,
    `${accessToken}.`,
    ` ${accessToken}`,
    `${accessToken}\n`,
    `${head}.${body}`,
    `${head}.${body}.${signature}.x`,
    `${head}.${body}.${signature}.x.y`,
    `${head}.${body}.${signature.slice(0, -1)}${sameBytes}`,
    `${head}.${body}.`,
    "",
    "..",
  ];
  for (const spelling of spellings) await expect(verify(spelling)).rejects.toMatchObject(refused);
});

// bar 34
test.each(["none", "None", "NONE", "nOnE", "", null, undefined])(
  "alg %s is refused, with and without a signature",
  async (alg) => {
    const unsigned = `${encode({ ...header, alg })}.${encode(claims)}`;
    for (const signature of ["", accessToken.split(".")[2]]) {
      await expect(verify(`${unsigned}.${signature}`)).rejects.toMatchObject(refused);
    }
    await expect(verify(new UnsecuredJWT(claims).encode())).rejects.toMatchObject(refused);
  },
);

// bar 35
test("the public key is no HMAC secret", async () => {
  const pem = key.verifying.export({ format: "pem", type: "spki" });
  const jwk = JSON.stringify(key.verifying.export({ format: "jwk" }));
  for (const secret of [pem, `\n${pem}`, jwk]) {
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: "HS256" })
      .sign(new TextEncoder().encode(secret as string));
    await expect(verify(forged)).rejects.toMatchObject(refused);
  }
});

// bar 40, 42, 43
test.each([
  { typ: "JWT" },
  { typ: "AT+JWT" },
  { typ: undefined },
  { kid: "zz" },
  { kid: undefined },
  { jwk: { kty: "OKP" } },
  { jku: "http://127.0.0.1:1/keys" },
  { x5u: "http://127.0.0.1:1/keys" },
  { extra: true },
])("a header with %o is refused", async (head) => {
  await expect(verify(await sign({}, head))).rejects.toMatchObject(refused);
});

describe("claims", () => {
  // bar 38, 40
  test.each([
    { iss: "http://localhost:3001" },
    { aud: "http://localhost:3001" },
    { aud: ["http://localhost:3000"] },
    { aud: undefined },
    { exp: undefined },
    { exp: "soon" },
    { exp: null },
    { exp: -1 },
    { exp: seconds + 900.5 },
    { exp: seconds },
    { exp: seconds + 3601 },
    { iat: seconds + 61, exp: seconds + 900 },
    { sid: undefined },
    { jti: undefined },
    { auth_time: undefined },
    { scope: undefined },
    { role: undefined },
    { sub: 5 },
  ])("%o is refused", async (changed) => {
    await expect(verify(await sign(changed))).rejects.toMatchObject(refused);
  });

  test("an exp of infinity is refused", async () => {
    const body = JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999');
    const input = `${encode(header)}.${Buffer.from(body).toString("base64url")}`;
    const { sign: signBytes } = await import("node:crypto");
    const signature = signBytes(null, Buffer.from(input), key.signing).toString("base64url");
    await expect(verify(`${input}.${signature}`)).rejects.toMatchObject(refused);
  });

  test("the clock of the instance that signed may be a minute ahead, no more", async () => {
    const ahead = { iat: seconds + 60, exp: seconds + 960 };
    await expect(verify(await sign(ahead))).resolves.toBeTruthy();
  });
});

// bar 32
test("no two tokens share a jti", async () => {
  const signed = Array.from({ length: 1000 }, () =>
    signAccessToken({ session, scope, role: "user" }, START, context),
  );
  const ids = (await Promise.all(signed)).map(
    (token) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).jti,
  );
  expect(new Set(ids).size).toBe(1000);
});

// bar 38, 39
test("a token is dead at exactly its end, and says that it expired", async () => {
  pass(899.999);
  await expect(verify(accessToken)).resolves.toBeTruthy();
  pass(0.001);
  await expect(verify(accessToken)).rejects.toMatchObject({
    code: "invalid_token",
    facts: { description: "The access token expired" },
  });
  const forLogout = { expiredForSeconds: 10 };
  await expect(verifyAccessToken(accessToken, context, forLogout)).resolves.toBeTruthy();
});
