import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { newLogKeeper } from "@/lib/testing/evidence";

/** Environment variables. */
export type Variables = Readonly<Record<string, string>>;

export interface ServerProcess {
  readonly pid: number;
  /** What it has written so far, both streams. */
  output(): string;
  /** As if who reads it had gone: what it writes from now on fails. */
  closeOutput(): void;
  /** Sends the signal, unless it has ended, and waits for the end; the exit code, null when killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the server of `folder`, as `npm start` does, or the `server.js` of a standalone folder, with these variables
 * and nothing of ours but where programs and temporary files are; resolves once it listens.
 *
 * @throws Error with what it wrote, when it ends instead
 */
export function launchServer(variables: Variables, folder = process.cwd()): Promise<ServerProcess> {
  return launch(argsOf("server", folder), " listens on ", variables, folder);
}

/** The same for a cluster; resolves once all instances serve. */
export function launchCluster(
  variables: Variables,
  folder = process.cwd(),
): Promise<ServerProcess> {
  return launch(argsOf("cluster", folder), " listens on ", variables, folder);
}

function argsOf(program: "server" | "cluster", folder: string): readonly string[] {
  if (existsSync(join(folder, `${program}.js`))) return [`${program}.js`];
  return ["lib/launch/start.mjs", ...(program === "cluster" ? ["--cluster"] : [])];
}

/** Starts `next start`, without our own server around it; the database must be there. As `launchServer` otherwise. */
export function launchPlainNext(
  port: number,
  variables: Variables,
  folder = process.cwd(),
): Promise<ServerProcess> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const args = [next, "start", "-H", "127.0.0.1", "-p", String(port)];
  return launch(args, "Ready in ", variables, folder);
}

/** Starts a program that writes `readySign` once it listens; with Node unless said otherwise. As `launchServer` otherwise. */
export async function launch(
  args: readonly string[],
  readySign: string,
  variables: Variables,
  folder = process.cwd(),
  program = process.execPath,
): Promise<ServerProcess> {
  const { PATH = "", HOME = "", TMPDIR = "/tmp" } = process.env;
  // an empty one counts as unset, and is left out so that an `.env` can set it
  const given = Object.entries(variables).filter(([, value]) => value !== "");
  const child = spawn(program, args, {
    cwd: folder,
    env: { NODE_ENV: "production", PATH, HOME, TMPDIR, ...Object.fromEntries(given) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // not merely ended: also everything that it wrote is read
  const closed = once(child, "close");
  let output = "";
  const keep = newLogKeeper();
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      keep(String(chunk));
      if (output.includes(readySign)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    closeOutput() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    async end(signal) {
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}
