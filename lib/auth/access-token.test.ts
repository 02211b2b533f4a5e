import { describe, expect, test } from "vitest";
import { signAccessToken, verifyAccessToken } from "./access-token";
import { encode, forgerOf, signParts } from "./testing/forger";
import { again, BROWSER, JOHN, START, worldOfJohn } from "./testing/world";

const john = await worldOfJohn();
const { context, tokens, pass } = john;
const { accessToken, session, scope } = tokens;
const { header, claims, forge } = forgerOf(tokens);
const seconds = START / 1000;

const refused = { code: "invalid_token" };
const verify = (token: string) => verifyAccessToken(token, context);
const partsOf = (token: string) =>
  token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));

// bar 31
test("a token has exactly the header and the claims it should", async () => {
  const [head, body] = partsOf(accessToken);
  expect(head).toEqual(header);
  expect(body).toEqual({ ...claims, jti: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(accessToken.length).toBeLessThanOrEqual(1024);
  await expect(verify(accessToken)).resolves.toMatchObject({ sub: session.userId, scope });
});

// bar 33
test("a token says nothing personal", () => {
  const said = JSON.stringify(partsOf(accessToken));
  for (const personal of [JOHN.username, JOHN.email, JOHN.name, BROWSER.ip, BROWSER.userAgent]) {
    expect(said).not.toContain(personal);
  }
});

test("the twin that the tests sign is good, so that what follows fails for its one change", async () => {
  await expect(verify(forge())).resolves.toMatchObject({ sid: session.id });
});

// bar 36
test("any changed character is refused", async () => {
  for (let at = 0; at < accessToken.length; at++) {
    const changed = accessToken[at] === "A" ? "B" : "A";
    const forged = accessToken.slice(0, at) + changed + accessToken.slice(at + 1);
    await expect(verify(forged)).rejects.toMatchObject(refused);
  }
});

describe("claims", () => {
  // bar 38, 40
  test.each([
    { iss: "http://localhost:3001" },
    { iss: undefined },
    { aud: "http://localhost:3001" },
    { aud: ["http://localhost:3000"] },
    { aud: ["http://localhost:3001"] },
    { aud: undefined },
    { exp: undefined },
    { exp: String(seconds + 900) },
    { exp: null },
    { exp: -1 },
    { exp: seconds + 900.5 },
    { exp: seconds },
    { exp: seconds + 3601 },
    { iat: undefined },
    { iat: seconds + 61, exp: seconds + 900 },
    { iat: seconds + 600, exp: seconds + 1500 },
    { nbf: seconds + 600 },
    { nbf: "now" },
    { sid: undefined },
    { jti: undefined },
    { auth_time: undefined },
    { scope: undefined },
    { role: undefined },
    { sub: 5 },
  ])("%o is refused", async (changed) => {
    await expect(verify(forge(changed))).rejects.toMatchObject(refused);
  });

  // bar 38
  test("an exp of infinity is refused", async () => {
    const body = JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999');
    await expect(verify(signParts(encode(header), encode(body)))).rejects.toMatchObject(refused);
  });

  test("the clock of the instance that signed may be a minute ahead, no more", async () => {
    const ahead = { iat: seconds + 60, exp: seconds + 960, nbf: seconds + 60 };
    await expect(verify(forge(ahead))).resolves.toBeTruthy();
  });
});

// bar 32
test("a token lives as long as is said beside it, fifteen minutes unless set otherwise, and its jti is its own", async () => {
  const signed = Array.from({ length: 1000 }, () =>
    signAccessToken({ session, scope, role: "user" }, START, context),
  );
  const bodies = (await Promise.all(signed)).map((token) => partsOf(token)[1]);
  expect(new Set(bodies.map(({ jti }) => jti)).size).toBe(1000);
  expect(tokens.accessTokenSeconds).toBe(900);
  for (const { iat, exp } of bodies) expect(exp - iat).toBe(tokens.accessTokenSeconds);
});

// bar 40
test("a refresh token is no access token", async () => {
  const next = await again(tokens.refreshToken, john);
  for (const token of [tokens.refreshToken, next.refreshToken]) {
    await expect(verify(token)).rejects.toMatchObject(refused);
  }
});

// bar 38, 39
test("a token is dead at exactly its end and ever after, and says that it expired", async () => {
  pass(899.999);
  await expect(verify(accessToken)).resolves.toBeTruthy();
  pass(0.001);
  const isExpired = { ...refused, facts: { description: "The access token expired" } };
  for (const secondsLater of [0, 5, 56]) {
    pass(secondsLater);
    await expect(verify(accessToken)).rejects.toMatchObject(isExpired);
  }
  const forLogout = { expiredForSeconds: 62 };
  await expect(verifyAccessToken(accessToken, context, forLogout)).resolves.toBeTruthy();
});
