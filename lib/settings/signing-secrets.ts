import { isLoopback } from "@/lib/origin";
import { localSecret, secretProblem } from "./secret";
import type { SettingReader } from "./setting-reader";

/** What the keys of all tokens are derived from. */
export interface SigningSecrets {
  readonly secret: string;
  /** Of which tokens are verified as well. */
  readonly previousSecrets: readonly string[];
}

/** Where the secret of a machine of its own is kept; from the folder it is started in. */
export const LOCAL_SECRET_FILE = ".data/auth-secret";

/** Reads them, or makes and keeps one where none is given and `APP_ORIGIN` (null: not usable) is on this machine. */
export function readSigningSecrets(read: SettingReader, origin: URL | null): SigningSecrets {
  const previousSecrets = readPreviousSecrets(read);
  const given = read.value("AUTH_SECRET");
  if (given !== undefined) {
    check(read, "AUTH_SECRET", given);
    if (given.includes(",") || given.trim() !== given) {
      read.problem(
        "AUTH_SECRET must hold no comma and no blank at its ends, else it can never be a previous one",
      );
    }
    return { secret: given, previousSecrets };
  }
  if (origin === null || !isLoopback(origin)) {
    read.problem("AUTH_SECRET is required: at least 32 random bytes (openssl rand -base64 32)");
    return { secret: "", previousSecrets };
  }
  const { secret, isNew } = localSecret(LOCAL_SECRET_FILE);
  if (isNew)
    read.note(`AUTH_SECRET is not set: a secret was made and kept in ${LOCAL_SECRET_FILE}`);
  check(read, LOCAL_SECRET_FILE, secret);
  return { secret, previousSecrets };
}

function readPreviousSecrets(read: SettingReader): readonly string[] {
  const secrets = read
    .text("AUTH_SECRET_PREVIOUS", "")
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");
  for (const secret of secrets) check(read, "AUTH_SECRET_PREVIOUS", secret);
  return secrets;
}

function check(read: SettingReader, name: string, secret: string): void {
  const problem = secretProblem(secret);
  if (problem !== null) read.problem(`${name} ${problem}`);
}
