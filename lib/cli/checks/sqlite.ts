import type { SqliteFacts } from "@/lib/db/sqlite-facts";
import { type Check, ok, problem, warning } from "./check";

const NAME = "database";
const MEBIBYTE = 2 ** 20;

/** What a checkpoint of the write-ahead log and a day of logins need in any case. */
const FREE_NEEDED_BYTES = 64 * MEBIBYTE;
const FREE_WANTED_BYTES = 1024 * MEBIBYTE;

/** What the facts of a SQLite file mean for us. Pure. */
export function judgeSqlite({ path, file, folder }: SqliteFacts): readonly Check[] {
  const checks: Check[] = [];
  if (file === null) {
    checks.push(warning(NAME, `SQLite, and ${path} is not there yet: a start makes it.`));
  } else {
    const size = `${Math.ceil(file.bytes / MEBIBYTE)} MiB`;
    checks.push(ok(NAME, `SQLite answers: ${path}, ${size}, journal mode ${file.journalMode}.`));
    if (file.isOpenToOthers) {
      const remedy = `chmod o-rwx ${path}`;
      checks.push(warning(NAME, `Every user of the machine can open the file: ${remedy}.`));
    }
  }
  if (folder === null) return checks;
  if (!folder.isWritable) {
    checks.push(
      problem(NAME, "We may not write to its folder, where SQLite needs two more files."),
    );
  }
  if (folder.isRemote) {
    checks.push(
      problem(NAME, "It lies on another machine's disk, where SQLite's WAL does not work."),
    );
  }
  const free = `${Math.floor(folder.freeBytes / MEBIBYTE)} MiB are free beside the database.`;
  if (folder.freeBytes < FREE_NEEDED_BYTES) checks.push(problem("disk", free));
  else if (folder.freeBytes < FREE_WANTED_BYTES) checks.push(warning("disk", free));
  else checks.push(ok("disk", free));
  return checks;
}
