import { statSync } from "node:fs";

/** Bytes. A file below this has not even SQLite's header. */
const HEADER_BYTES = 100n;

/** The path of a `file:` URL. */
export function pathOf(url: string): string {
  return url.replace(/^file:/, "");
}

/**
 * Tells the file at `path` from any other that may come to be there; null where there is none that could be a database.
 * Does NOT look inside it.
 */
export function fileAt(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && stats.size >= HEADER_BYTES ? `${stats.dev}:${stats.ino}` : null;
}
