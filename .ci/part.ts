import { spawn } from "node:child_process";
import { once } from "node:events";

/** One command of the whole check. */
export interface Part {
  readonly name: string;
  /** Run one after the other while they succeed; program and arguments. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Then it is ended and counts as failed. */
  readonly limitMinutes: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly ok: boolean;
  readonly seconds: number;
  /** Why it failed, where the output does not say. */
  readonly remark: string | null;
}

/** Runs a part with its output on ours and no input. Never throws. */
export async function runPart(part: Part): Promise<Outcome> {
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(part.limitMinutes * 60_000);
  let remark: string | null = null;
  for (const command of part.commands) {
    remark = await run(command, part.env ?? {}, limit);
    if (remark !== null) break;
  }
  return { ok: remark === null, seconds: (performance.now() - startedAt) / 1000, remark };
}

/** Null when it ended well. */
async function run(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  limit: AbortSignal,
): Promise<string | null> {
  // a group of its own, so that what it started ends with it
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const end = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
  const quit = () => {
    end();
    process.exit(1);
  };
  limit.addEventListener("abort", end);
  process.on("SIGINT", quit).on("SIGTERM", quit);
  try {
    const [exitCode] = await once(child, "exit");
    if (limit.aborted) return "took too long and was ended";
    return exitCode === 0 ? null : `${program} ended with ${exitCode ?? "a signal"}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    limit.removeEventListener("abort", end);
    process.off("SIGINT", quit).off("SIGTERM", quit);
  }
}
