import { stat } from "node:fs/promises";
import type { Settings } from "@/lib/config";
import { LOCAL_SECRET_FILE } from "@/lib/settings/signing-secrets";
import { type Check, ok, warning } from "./check";

const NAME = "secret";

/** Group and others. */
const NOT_THE_OWNER = 0o077;

/**
 * Secrets that `lib/config.ts` let pass. What is weak by its form is a problem of the settings already; whether a secret
 * is really random nobody can see.
 */
export async function checkSecret({
  secret,
  previousSecrets,
}: Pick<Settings, "secret" | "previousSecrets">): Promise<readonly Check[]> {
  const others = new Set(previousSecrets);
  const found: Check[] = [];
  if (others.has(secret)) {
    found.push(warning(NAME, "AUTH_SECRET_PREVIOUS repeats AUTH_SECRET, which does nothing."));
  }
  const file = await stat(LOCAL_SECRET_FILE).catch(() => null);
  if (file !== null && (file.mode & NOT_THE_OWNER) !== 0) {
    const remedy = `chmod 600 ${LOCAL_SECRET_FILE}`;
    found.push(warning(NAME, `Other users can read ${LOCAL_SECRET_FILE}: ${remedy}.`));
  }
  if (found.length > 0) return found;
  const previous = previousSecrets.length === 0 ? "no" : String(previousSecrets.length);
  return [ok(NAME, `Long enough and of no known pattern; ${previous} previous.`)];
}
