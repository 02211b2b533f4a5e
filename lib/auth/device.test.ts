import { expect, test } from "vitest";
import { deviceOf, mintDeviceToken, parseDeviceToken, renewDeviceToken } from "./device";
import { deriveKeys } from "./keys";
import { newId } from "./new-id";
import type { UserId } from "./store";

const OLD = "n7Vq0dXkT2mZ8yLr4WbJ6hGf3sCp9aQe";
const NEXT = "Zk3q9XwT7bVn2RmLp8Yc4HsGf6Jd1AeU";
const [keys, swapped, onlyNext] = await Promise.all([
  deriveKeys(OLD, []),
  deriveKeys(NEXT, [OLD]),
  deriveKeys(NEXT, []),
]);

const john = { id: newId() as UserId, deviceEpoch: 3 };
const jane = { id: newId() as UserId, deviceEpoch: 3 };

test("a device is known to the user who signed in on it, and to nobody else", () => {
  const token = renewDeviceToken(null, john, keys);
  expect(deviceOf(token, john, keys)).toMatchObject({ userId: john.id, epoch: 3 });
  expect(deviceOf(token, jane, keys)).toBeNull();
  expect(deviceOf(null, john, keys)).toBeNull();
});

test("a device of an earlier epoch is a stranger's, and gets a new id", () => {
  const token = renewDeviceToken(null, john, keys);
  const raised = { ...john, deviceEpoch: 4 };
  expect(deviceOf(token, raised, keys)).toBeNull();
  const renewed = deviceOf(renewDeviceToken(token, raised, keys), raised, keys);
  expect(renewed?.id).not.toBe(deviceOf(token, john, keys)?.id);
});

test("a device keeps its id when it is renewed, and gets a new one for another user", () => {
  const token = renewDeviceToken(null, john, keys);
  expect(renewDeviceToken(token, john, keys)).toBe(token);
  expect(renewDeviceToken(null, john, keys)).not.toBe(token);
  const janes = deviceOf(renewDeviceToken(token, jane, keys), jane, keys);
  expect(janes?.id).not.toBe(deviceOf(token, john, keys)?.id);
});

test("a token with any character changed, cut or added is none", () => {
  const token = renewDeviceToken(null, john, keys);
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === "A" ? "B" : "A";
    const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
    expect(parseDeviceToken(changed, keys), changed).toBeNull();
  }
  for (const odd of ["", "garbage", token.slice(1), token.slice(0, -1), `${token}=`, ` ${token}`]) {
    expect(parseDeviceToken(odd, keys), odd).toBeNull();
  }
});

// bar 52
test("a device stays known while the secret that made its token is listed", () => {
  const token = mintDeviceToken({ userId: john.id, id: newId(), epoch: 3 }, keys);
  const device = deviceOf(token, john, swapped);
  expect(device).not.toBeNull();
  const renewed = renewDeviceToken(token, john, swapped);
  expect(deviceOf(renewed, john, onlyNext)).toEqual(device);
  expect(deviceOf(token, john, onlyNext)).toBeNull();
});
