import { expect, test } from "vitest";
import type { AccessClaims } from "./access-claims";
import { signAccessToken, verifyAccessToken } from "./access-token";
import { authorize } from "./authorize";
import type { AuthContext } from "./context";
import { type DerivedKey, deriveKeys, type Keys } from "./keys";
import { logout } from "./logout";
import { forgerOf } from "./testing/forger";
import { testKeys, worldOfJohn } from "./testing/world";
import { hashToken, verifiedTokens } from "./verified-tokens";

const invalid = { code: "invalid_token" };
const [key] = await testKeys;
const [other] = await deriveKeys("Zk3q9XwT7bVn2RmLp8Yc4HsGf6Jd1AeU", []);

/** The same key with a memory of its own. */
const fresh = (of: DerivedKey = key): DerivedKey => ({ ...of, verified: verifiedTokens() });

/** A world in which the access token has been verified already. */
async function worldThatKnows(keys: Keys = [fresh()]) {
  const john = await worldOfJohn();
  const context: AuthContext = { ...john.context, keys };
  const { accessToken } = john.tokens;
  await verifyAccessToken(accessToken, context);
  return { ...john, context, accessToken, forge: forgerOf(john.tokens).forge };
}

test("a signature is verified once", async () => {
  const known = fresh();
  const { context, accessToken, forge } = await worldThatKnows([known]);
  // who asked the signature now would refuse it
  const needs: AuthContext = { ...context, keys: [{ ...known, verifying: other.verifying }] };
  await expect(verifyAccessToken(accessToken, needs)).resolves.toBeTruthy();
  await expect(verifyAccessToken(forge(), needs)).rejects.toMatchObject(invalid);
});

test("what a process signed it need not verify, and it knows what any other reads in it", async () => {
  const { context, tokens } = await worldThatKnows();
  // who asked the signature would refuse it
  const signing: AuthContext = { ...context, keys: [{ ...fresh(), verifying: other.verifying }] };
  const of = { session: tokens.session, scope: tokens.scope, role: tokens.user.role };
  const token = signAccessToken(of, context.clock.now(), signing);
  const known = await verifyAccessToken(token, signing);
  expect(await verifyAccessToken(token, { ...context, keys: [fresh()] })).toStrictEqual(known);
  expect(known).toSatisfy(Object.isFrozen);
});

test("a known token of a session that was ended, or of a user who was disabled, is refused at once", async () => {
  const ended = await worldThatKnows();
  await expect(authorize(ended.accessToken, ended.context)).resolves.toBeTruthy();
  const shown = { accessToken: ended.accessToken, refreshToken: null, everywhere: false };
  await logout(shown, ended.context);
  await expect(authorize(ended.accessToken, ended.context)).rejects.toMatchObject(invalid);

  const disabled = await worldThatKnows();
  disabled.store.disableUser(disabled.tokens.user.id);
  await expect(authorize(disabled.accessToken, disabled.context)).rejects.toMatchObject(invalid);
});

test("a known token is dead at exactly its end", async () => {
  const { context, accessToken, pass } = await worldThatKnows();
  pass(899.999);
  await expect(verifyAccessToken(accessToken, context)).resolves.toBeTruthy();
  pass(0.001);
  const expired = { ...invalid, facts: { description: "The access token expired" } };
  await expect(verifyAccessToken(accessToken, context)).rejects.toMatchObject(expired);
});

test("a known token is refused by who goes by another name", async () => {
  const { context, accessToken } = await worldThatKnows();
  const settings = { ...context.settings, origin: "http://localhost:3001" };
  const verified = verifyAccessToken(accessToken, { ...context, settings });
  await expect(verified).rejects.toMatchObject(invalid);
});

test("what a key signed is forgotten with the key", async () => {
  const [first, second] = [fresh(other), fresh()];
  const { context, accessToken } = await worldThatKnows([first, second]);
  const without: AuthContext = { ...context, keys: [first] };
  await expect(verifyAccessToken(accessToken, without)).rejects.toMatchObject(invalid);
  await expect(verifyAccessToken(accessToken, context)).resolves.toBeTruthy();
});

test("a text that differs from a known token by one character is not known", async () => {
  const { context, accessToken, forge } = await worldThatKnows();
  const [head, body, signature] = accessToken.split(".");
  const another = forge({ sub: "somebody-else" }).split(".");
  for (const forged of [
    `${head}.${body}.${another[2]}`,
    `${head}.${another[1]}.${signature}`,
    `${accessToken}A`,
    `${accessToken}=`,
    ` ${accessToken}`,
    accessToken.slice(0, -1),
    accessToken.toUpperCase(),
  ]) {
    await expect(verifyAccessToken(forged, context)).rejects.toMatchObject(invalid);
  }
});

test("a refusal is not remembered", async () => {
  const { context, tokens, forge, pass } = await worldThatKnows();
  const seconds = tokens.session.createdAt / 1000;
  const early = forge({ iat: seconds + 61, exp: seconds + 961 });
  await expect(verifyAccessToken(early, context)).rejects.toMatchObject(invalid);
  pass(1);
  await expect(verifyAccessToken(early, context)).resolves.toBeTruthy();

  const announced: AuthContext = { ...context, keys: [fresh(other)] };
  const swapped: AuthContext = { ...context, keys: [announced.keys[0], fresh()] };
  await expect(verifyAccessToken(forge(), announced)).rejects.toMatchObject(invalid);
  await expect(verifyAccessToken(forge(), swapped)).resolves.toBeTruthy();
});

test("no more is kept than twice the entries, and what is used is kept", () => {
  const memory = verifiedTokens(10);
  const hashes = Array.from({ length: 1000 }, (_, number) => hashToken(`token ${number}`));
  const claims = {} as AccessClaims;
  const [used = hashToken("")] = hashes;
  for (const hash of hashes) {
    memory.keep(hash, claims);
    expect(memory.find(used)).toBe(claims);
  }
  // from the youngest on: to look is to use
  const found = hashes.toReversed().filter((hash) => memory.find(hash) !== undefined);
  expect(found.length).toBeGreaterThanOrEqual(10);
  expect(found.length).toBeLessThanOrEqual(20);
});
