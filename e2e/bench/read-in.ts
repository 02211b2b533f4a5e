import { createReadStream } from "node:fs";
import { finished } from "node:stream/promises";
import { askBare } from "../../lib/db/testing/bare";

const CHUNK_BYTES = 2 ** 20;

/** Every page of every table and index, past PostgreSQL's own cache. */
const READ_ALL = `
  SELECT pg_prewarm(oid::regclass, 'read') FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')`;

/**
 * Reads a whole database, so that the system has its files in memory, as one that is in use all day has.
 *
 * There are systems that drop what was not used for half a minute, however much memory is free. Where a million sessions
 * are asked for in turn a page is used less often than that, and a measurement would be one of the disk.
 *
 * @throws Error where PostgreSQL may not be given the extension `pg_prewarm`, which comes with it
 */
export async function readIn(url: string): Promise<void> {
  if (url.startsWith("file:")) {
    const file = createReadStream(url.replace(/^file:/, ""), { highWaterMark: CHUNK_BYTES });
    await finished(file.resume());
    return;
  }
  await askBare(url, "CREATE EXTENSION IF NOT EXISTS pg_prewarm");
  await askBare(url, READ_ALL);
}
