import { spawn } from "node:child_process";
import { once } from "node:events";
import { migrate } from "@/prisma/migrate";
import { newSqlite, type TestDatabase } from "./test-database";

/** A migrated SQLite file in a directory of its own. */
export async function migratedFile(): Promise<TestDatabase> {
  const file = newSqlite();
  await migrate(file.url);
  return file;
}

/** Another process that has taken the write lock of a SQLite file. */
export interface LockHolder {
  /** Gives the lock back and ends the process. */
  release(): Promise<void>;
}

const HOLD = `
  import Database from "better-sqlite3";
  const database = new Database(process.argv[1]);
  database.exec("BEGIN IMMEDIATE");
  process.stdout.write("held");
  process.stdin.resume().once("end", () => {
    database.exec("COMMIT");
    process.exit();
  });
`;

/** Resolves once the lock is held. */
export async function holdWriteLock(url: string): Promise<LockHolder> {
  const path = url.replace(/^file:/, "");
  const holder = spawn(process.execPath, ["--input-type=module", "--eval", HOLD, path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  return {
    async release() {
      holder.stdin.end();
      await once(holder, "exit");
    },
  };
}
