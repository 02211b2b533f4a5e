import { readFileSync } from "node:fs";

/** Linux counts in ticks of a hundredth of a second, on every machine that Node runs on. */
const MICROSECONDS_PER_TICK = 10_000;

/** Microseconds of CPU that a process has used, all its threads; null where there is no /proc. */
export function cpuMicroseconds(pid: number): number | null {
  if (process.platform !== "linux") return null;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // its name, in brackets, may hold spaces
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
}
