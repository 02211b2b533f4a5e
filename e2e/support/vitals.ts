import { readdirSync, readFileSync, statSync } from "node:fs";
import type { Latchkey } from "./latchkey";

/** What must not grow for ever. */
export interface Vitals {
  /** Null, as the next one, where there is no /proc. */
  readonly residentMegabytes: number | null;
  /** Open files and sockets. */
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

/** Memory that a process holds; null where there is no /proc. */
export function residentMegabytes(pid: number): number | null {
  if (process.platform !== "linux") return null;
  const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}

function kilobytes(path: string): number {
  return Math.round((statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1024);
}
