import { type KeyObject, sign } from "node:crypto";
import { kidHex } from "../keys";
import type { Tokens } from "../session";
import { testKeys } from "./world";

const [key] = await testKeys;

/** base64url of JSON; text as it stands, so that JSON of an odd spelling can be had. */
export const encode = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Signs whatever parts it is given, with our own key unless another is named. */
export function signParts(head: string, body: string, by: KeyObject = key.signing): string {
  const input = `${head}.${body}`;
  return `${input}.${sign(null, Buffer.from(input), by).toString("base64url")}`;
}

/** Makes access tokens that differ from a good one of this session by what is asked for, and by nothing else. */
export function forgerOf({ session }: Tokens) {
  const seconds = session.createdAt / 1000;
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
  return {
    header,
    claims,
    /** Our own signature over a changed header and changed claims; undefined leaves a member out. */
    forge: (changed: object = {}, head: object = {}, by?: KeyObject) =>
      signParts(encode({ ...header, ...head }), encode({ ...claims, ...changed }), by),
  };
}
