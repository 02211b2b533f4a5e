import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Which core answers and which asks, so that a figure is one of a core and not of what the two fight over. */
export interface Cores {
  readonly server: number;
  readonly generator: number;
}

/** The first and the last that this process may use; null with one core, or without `taskset` (Linux alone has it). */
export function ownCores(): Cores | null {
  if (process.platform !== "linux" || spawnSync("taskset", ["-V"]).error) return null;
  const [server, generator] = [allowed().at(0), allowed().at(-1)];
  if (server === undefined || generator === undefined || server === generator) return null;
  return { server, generator };
}

/** Binds all threads of a process to one core, or gives them all cores again. Nothing where `cores` is null. */
export function pin(pid: number, core: keyof Cores | "all", cores: Cores | null): void {
  if (cores === null) return;
  const list = core === "all" ? allowed().join() : String(cores[core]);
  spawnSync("taskset", ["-a", "-c", "-p", list, String(pid)]);
}

/** What is pinned, in a sentence. */
export function coresInWords(cores: Cores | null): string {
  const all = `${availableParallelism()} cores`;
  if (cores === null)
    return `${all}, nothing pinned (no taskset): servers and load generator share them`;
  return `${all}; each server on core ${cores.server}, the load generator on core ${cores.generator} (login: all cores)`;
}

/** Of `0-3,8` each. */
function allowed(): readonly number[] {
  const status = readFileSync("/proc/self/status", "utf8");
  const [, list = ""] = /^Cpus_allowed_list:\s+(\S+)/m.exec(status) ?? [];
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
