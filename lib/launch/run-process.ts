import { SettingsError } from "@/lib/config";
import { ofUnusableFile } from "@/lib/unusable-file";
import { BuildError } from "./build-error";
import { InstanceFailure } from "./fleet";

/**
 * Runs what this process is for, and ends the process after it: with 0 when it is done or was told to stop (an
 * AbortError), else with 1 and, on stderr, what to tell the person who started it.
 */
export async function runProcess(work: () => Promise<void>): Promise<never> {
  try {
    await work();
  } catch (error) {
    if ((error as Error).name !== "AbortError") {
      process.stderr.write(`${explain(error)}\n`);
      process.exit(1);
    }
  }
  process.exit(0);
}

/** A sentence for what is to be expected; the stack only of what nobody expected. */
function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (error instanceof BuildError) return `${error.output}\n${error.message}.`;
  if (error instanceof InstanceFailure)
    return `The first instance did not come up, ${error.message}.`;
  const { name, code, syscall, message, stack } = error as NodeJS.ErrnoException;
  if (name === "DriverAdapterError")
    return `The database of DATABASE_URL is not usable: ${message}`;
  if (code === "unavailable") return "The database of DATABASE_URL does not answer.";
  if (code === "EADDRINUSE")
    return `${message}: something listens there already. Set PORT to another one.`;
  if (code === "ENOTFOUND" || code === "EADDRNOTAVAIL") {
    return "HOST is not an address of this machine.";
  }
  if (code === "EACCES" && syscall === "listen")
    return `${message}: this address is not ours to use.`;
  return ofUnusableFile(error) ?? stack ?? String(error);
}
