import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  scrypt,
} from "node:crypto";
import { type VerifiedTokens, verifiedTokens } from "./verified-tokens";

/** What one `AUTH_SECRET` is turned into. The secret itself is not kept. */
export interface DerivedKey {
  /** Tells keys apart without saying anything of them: first byte of a hash of the derived root. May collide. */
  readonly kid: number;
  /** Ed25519. */
  readonly signing: KeyObject;
  readonly verifying: KeyObject;
  /** With the key and not beside it: where the key is not listed, nothing that it signed is known. */
  readonly verified: VerifiedTokens;
  /** HMAC-SHA-256 key of refresh tokens. */
  readonly refreshMac: KeyObject;
  /** HMAC-SHA-256 key of device cookies. */
  readonly deviceMac: KeyObject;
}

/** Never empty; the first one signs and mints, all verify. */
export type Keys = readonly [DerivedKey, ...DerivedKey[]];

/** RFC 8410 section 7: everything of an Ed25519 PKCS #8 key but the 32 bytes of the seed. */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Derives the keys of the current secret and of those that verify only. About 0.2 s and 64 MiB a secret, so: once a process.
 *
 * The slow step keeps the published public key from being a fast test of a guessed secret.
 * Does NOT check the strength of a secret; `lib/config.ts` does.
 *
 * @see RFC 7914 (scrypt), RFC 5869 (HKDF)
 */
export async function deriveKeys(secret: string, previous: readonly string[]): Promise<Keys> {
  const first = await deriveKey(secret);
  const others: DerivedKey[] = [];
  for (const other of previous) others.push(await deriveKey(other));
  return [first, ...others];
}

async function deriveKey(secret: string): Promise<DerivedKey> {
  const root = await slowly(secret);
  const branch = (label: string) => Buffer.from(hkdfSync("sha256", root, "", label, 32));
  const signing = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, branch("access-token")]),
    format: "der",
    type: "pkcs8",
  });
  return {
    kid: createHash("sha256").update(branch("kid")).digest().readUInt8(0),
    signing,
    verifying: createPublicKey(signing),
    verified: verifiedTokens(),
    refreshMac: createSecretKey(branch("refresh-token")),
    deviceMac: createSecretKey(branch("device")),
  };
}

function slowly(secret: string): Promise<Buffer> {
  const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 };
  return new Promise((resolve, reject) => {
    scrypt(secret, "latchkey/v1", 32, cost, (error, root) =>
      error ? reject(error) : resolve(root),
    );
  });
}

/** The keys that may have made something marked with this `kid`. */
export function keysOf(keys: Keys, kid: number): readonly DerivedKey[] {
  return keys.filter((key) => key.kid === kid);
}

/** `kid` as it stands in a token header and in the public key set: two hex digits. */
export function kidHex(kid: number): string {
  return kid.toString(16).padStart(2, "0");
}

/** The public keys of all listed secrets. @see RFC 7517 section 5, RFC 8037 section 2 */
export function publicKeySet(keys: Keys) {
  return {
    keys: keys.map((key) => ({
      ...key.verifying.export({ format: "jwk" }),
      kid: kidHex(key.kid),
      alg: "EdDSA",
      use: "sig",
    })),
  };
}
