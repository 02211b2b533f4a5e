import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import type { Latchkey } from "../support/latchkey";

/** What must not grow for ever. */
export interface Vitals {
  readonly residentMegabytes: number;
  /** Open files and sockets; null where there is no /proc. */
  readonly descriptors: number | null;
  /** Of the SQLite file and of its write-ahead log; 0 with PostgreSQL. */
  readonly databaseKilobytes: number;
  readonly walKilobytes: number;
}

export function vitalsOf(app: Latchkey): Vitals {
  const path = app.databaseUrl.replace(/^file:/, "");
  return {
    residentMegabytes: residentMegabytes(app.pid),
    descriptors: process.platform === "linux" ? readdirSync(`/proc/${app.pid}/fd`).length : null,
    databaseKilobytes: kilobytes(path),
    walKilobytes: kilobytes(`${path}-wal`),
  };
}

export function residentMegabytes(pid: number): number {
  const kibibytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return Math.round(Number(kibibytes) / 1024);
}

function kilobytes(path: string): number {
  return Math.round((statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1024);
}
