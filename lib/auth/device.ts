import { createHmac, timingSafeEqual } from "node:crypto";
import { type DerivedKey, type Keys, keysOf, kidHex } from "./keys";
import { newId } from "./new-id";
import type { User, UserId } from "./store";

/**
 * Says that its user has signed in on this device before. Opens nothing; spares him what strangers did to his account.
 */
export type DeviceToken = string & { readonly brand: "DeviceToken" };

/** What an authentic device token says. */
export interface Device {
  readonly userId: UserId;
  /** 16 random bytes, base64url. */
  readonly id: string;
  /** The user's when it was made; a later one has left this device behind. */
  readonly epoch: number;
}

// version.kid.user.device.epoch.mac
const TOKEN = /^(1\.([0-9a-f]{2})\.([\w-]{1,64})\.([\w-]{22})\.(\d{1,10}))\.([\w-]{22})$/;

/** The token of one device of one user. Deterministic. */
export function mintDeviceToken({ userId, id, epoch }: Device, keys: Keys): DeviceToken {
  const [key] = keys;
  const body = `1.${kidHex(key.kid)}.${userId}.${id}.${epoch}`;
  return `${body}.${macOf(body, key)}` as DeviceToken;
}

/** Reads a device token if its mac is ours; null for anything else. Does NOT say that the user exists. */
export function parseDeviceToken(value: string, keys: Keys): Device | null {
  const [, body = "", kid = "", userId, id, epoch, mac = ""] = TOKEN.exec(value) ?? [];
  if (userId === undefined || id === undefined) return null;
  const given = Buffer.from(mac);
  const candidates = keysOf(keys, Number.parseInt(kid, 16));
  const isOurs = candidates.some((key) => timingSafeEqual(Buffer.from(macOf(body, key)), given));
  return isOurs ? { userId: userId as UserId, id, epoch: Number(epoch) } : null;
}

/** The device that a token names, if it is one of this very user's and of his current epoch. */
export function deviceOf(
  token: string | null,
  user: Pick<User, "id" | "deviceEpoch">,
  keys: Keys,
): Device | null {
  const device = token === null ? null : parseDeviceToken(token, keys);
  return device?.userId === user.id && device.epoch === user.deviceEpoch ? device : null;
}

/** The token to give a device on which this user has just signed in: its own again, or that of a new device. */
export function renewDeviceToken(
  token: string | null,
  user: Pick<User, "id" | "deviceEpoch">,
  keys: Keys,
): DeviceToken {
  const id = deviceOf(token, user, keys)?.id ?? newId();
  return mintDeviceToken({ userId: user.id, id, epoch: user.deviceEpoch }, keys);
}

/** 16 bytes, base64url: 22 characters. */
function macOf(body: string, key: DerivedKey): string {
  return createHmac("sha256", key.deviceMac)
    .update(body)
    .digest()
    .subarray(0, 16)
    .toString("base64url");
}
