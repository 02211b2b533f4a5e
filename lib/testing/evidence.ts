import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A run of the whole suite names a folder in `LATCHKEY_EVIDENCE`. What servers wrote and stored is kept there, so that
 * `.ci/secrets.ts` can search it at the end for the secrets that were used. Without that variable nothing is kept.
 */
const evidence = () => process.env.LATCHKEY_EVIDENCE || null;

export const keepsEvidence = () => evidence() !== null;

/** A new folder for a database of a test. To be given to `removeFolder` when the test is over. */
export function newFolder(prefix: string): string {
  return mkdtempSync(join(evidenceOf("databases") ?? tmpdir(), prefix));
}

/** Removes a folder of `newFolder`, unless it is evidence. */
export async function removeFolder(folder: string): Promise<void> {
  if (!keepsEvidence()) await rm(folder, { recursive: true, force: true });
}

/** Returns what keeps the output of one process. */
export function newLogKeeper(): (text: string) => void {
  return keeperIn("logs", ".log");
}

/** Keeps a database that no file holds, as text. */
export function keepDump(text: string): void {
  keeperIn("databases", ".dump")(text);
}

/** What could also be found by chance is not looked for. */
const SECRET_MIN_CHARACTERS = 12;

/** Secrets that are used from now on, and that must turn up nowhere. */
export function willBeSecret(...secrets: readonly string[]): void {
  const unmistakable = secrets.filter((secret) => secret.length >= SECRET_MIN_CHARACTERS);
  keeperIn("secrets", ".txt")(`${JSON.stringify(unmistakable)}\n`);
}

function keeperIn(name: string, extension: string): (text: string) => void {
  const folder = evidenceOf(name);
  if (folder === null) return () => {};
  const file = join(folder, `${randomUUID()}${extension}`);
  return (text) => appendFileSync(file, text);
}

function evidenceOf(name: string): string | null {
  const root = evidence();
  if (root === null) return null;
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
