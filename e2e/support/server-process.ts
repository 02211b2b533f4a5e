import { spawn } from "node:child_process";
import { once } from "node:events";
import { newLogKeeper } from "@/lib/testing/evidence";

/** Environment variables. */
export type Variables = Readonly<Record<string, string>>;

export interface ServerProcess {
  readonly pid: number;
  /** What it has written so far, both streams. */
  output(): string;
  /** Sends the signal, unless it has ended, and waits for the end; the exit code, null when killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the `server.ts` of `folder` with these variables and nothing of ours but where programs and temporary files
 * are; resolves once it listens.
 *
 * @throws Error with what it wrote, when it ends instead
 */
export async function launchServer(
  variables: Variables,
  folder = process.cwd(),
): Promise<ServerProcess> {
  const { PATH = "", HOME = "", TMPDIR = "/tmp" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
    cwd: folder,
    env: { NODE_ENV: "production", PATH, HOME, TMPDIR, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = newLogKeeper();
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      keep(String(chunk));
      if (output.includes(" listens on ")) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, "exit");
      }
      return child.exitCode;
    },
  };
}
