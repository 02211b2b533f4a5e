import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const MIN_BYTES = 32;
const MIN_DISTINCT_CHARACTERS = 12;

/** Words that a random secret does not contain by chance and a made-up one often does. */
const TELLTALE =
  /secret|change[-_ ]?(me|this|it)|passw|example|sample|default|replace|your[-_ ]|insecure|development|latchkey|random|string|please|jwt[-_ ]?key|keyboard|staple|generate|openssl|qwerty|asdfgh|zxcvbn|1qaz2wsx|abcdef|123456|012345/i;

/** Published in manuals and tutorials, and long enough to look good. */
const PUBLISHED = new Set([
  "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
  "thisisasuperlongtokenforjwtsigningpurposes",
]);

/**
 * What is wrong with a secret, or null. Finds what people type and copy; cannot tell good randomness from bad.
 * The sentence never holds the value.
 */
export function secretProblem(secret: string): string | null {
  if (Buffer.byteLength(secret) < MIN_BYTES) return `must have at least ${MIN_BYTES} bytes`;
  if (PUBLISHED.has(secret)) return "is a published sample";
  if (TELLTALE.test(secret)) return "looks like a sample or a word, use random characters";
  const isRepeated = /^(.{1,32}?)\1+$/s.test(secret);
  if (isRepeated || new Set(secret).size < MIN_DISTINCT_CHARACTERS || isMostlySteps(secret)) {
    return "repeats itself, use random characters";
  }
  return null;
}

/** A secret of this machine's own, made at the first start and kept in `file` (mode 0600). */
export function localSecret(file: string): { readonly secret: string; readonly isNew: boolean } {
  const kept = readIfThere(file);
  if (kept !== null) return { secret: kept, isNew: false };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  try {
    // link fails when another process was first: then its secret is the one, and it is whole
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
  return { secret: readFileSync(file, "utf8").trim(), isNew: true };
}

/** Runs such as `abcdefgh…`: half of the characters follow their neighbour. */
function isMostlySteps(secret: string): boolean {
  let steps = 0;
  for (let at = 1; at < secret.length; at++) {
    if (Math.abs(secret.charCodeAt(at) - secret.charCodeAt(at - 1)) === 1) steps++;
  }
  return steps > secret.length / 2;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim() || null;
  } catch {
    return null;
  }
}
