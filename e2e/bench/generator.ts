import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A load generator in a process of its own, so that it does not slow down who measures. */
export interface Generator<Load, Measured> {
  readonly pid: number;
  /** @throws Error when it ends instead */
  measure(load: Load): Promise<Measured>;
  close(): void;
}

/** Starts a file of this folder that answers each load it is sent with what it measured. */
export function openGenerator<Load extends object, Measured>(
  file: string,
): Generator<Load, Measured> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`The load generator ${file} ended`);
  });
  // also the way it ends after all
  ended.catch(() => {});
  return {
    pid: child.pid ?? 0,
    async measure(load) {
      child.send(load);
      const [measured] = await Promise.race([once(child, "message"), ended]);
      return measured;
    },
    close: () => child.disconnect(),
  };
}
