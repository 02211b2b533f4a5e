import { expect, test } from "vitest";
import { signAccessToken, verifyAccessToken } from "./access-token";
import { deriveKeys, publicKeySet } from "./keys";
import { mintRefreshToken, newSessionSecret, parseRefreshToken } from "./refresh-token";
import { START, worldOfJohn } from "./testing/world";

const OLD = "n7Vq0dXkT2mZ8yLr4WbJ6hGf3sCp9aQe";
const NEXT = "Zk3q9XwT7bVn2RmLp8Yc4HsGf6Jd1AeU";
const [onlyOld, announced, swapped, onlyNext] = await Promise.all([
  deriveKeys(OLD, []),
  deriveKeys(OLD, [NEXT]),
  deriveKeys(NEXT, [OLD]),
  deriveKeys(NEXT, []),
]);

// bar 52
test("a secret is changed in three steps, and at no step does a listed instance refuse another's tokens", async () => {
  const { context, tokens } = await worldOfJohn();
  const { session, scope } = tokens;
  const claims = { sessionId: session.id, secret: newSessionSecret(), generation: 3 };
  const steps = [
    [onlyOld, announced],
    [announced, announced],
    [announced, swapped],
    [swapped, announced],
    [swapped, swapped],
    [swapped, onlyNext],
  ] as const;
  for (const [signer, verifier] of steps) {
    const of = { session, scope, role: "user" } as const;
    const access = await signAccessToken(of, START, { ...context, keys: signer });
    await expect(verifyAccessToken(access, { ...context, keys: verifier })).resolves.toBeTruthy();
    expect(parseRefreshToken(mintRefreshToken(claims, signer), verifier)).toEqual(claims);
  }
});

test("a secret that is not listed any more opens nothing", async () => {
  const { context, tokens } = await worldOfJohn();
  const access = await signAccessToken({ ...tokens, role: "user" }, START, {
    ...context,
    keys: onlyOld,
  });
  const needs = { ...context, keys: onlyNext };
  await expect(verifyAccessToken(access, needs)).rejects.toMatchObject({ code: "invalid_token" });
});

// bar 55
test("the public keys of all listed secrets are shown, and nothing else of them", () => {
  const { keys } = publicKeySet(swapped);
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  }
  expect(keys[1]).toEqual(publicKeySet(onlyOld).keys[0]);
});
