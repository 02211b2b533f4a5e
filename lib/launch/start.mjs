// What `npm start` and, with `--cluster`, `npm run cluster` run: the program that was bundled of `server.ts` or
// `cluster.ts`, after a build where there is none of these sources. Plain JavaScript: a compiler that is loaded into a
// process stays there, and takes as much memory as all the rest.
import { spawn } from "node:child_process";
import cluster from "node:cluster";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildDigest, isBuilt, PROGRAMS } from "./built.mjs";

const STDERR = 2;
const root = process.cwd();

// an instance of a cluster serves what its primary found built, whatever the sources have become
if (cluster.isPrimary && !(await isBuilt(root, await buildDigest(root, process.env))))
  await build();
const program = process.argv.includes("--cluster") ? "cluster" : "server";
await import(pathToFileURL(join(root, PROGRAMS, `${program}.mjs`)).href);

/** Builds in a process of its own, which ends when this one is told to or is gone. */
async function build() {
  const command = ["--import", "tsx", "lib/launch/build-command.ts", "--for-start"];
  const child = spawn(process.execPath, command, {
    cwd: root,
    // on stdout are lines of the log
    stdio: ["ignore", STDERR, STDERR, "ipc"],
  });
  let isStopped = false;
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    isStopped = true;
    child.kill(signal);
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
  const [code] = await once(child, "exit");
  if (isStopped || code !== 0) process.exit(isStopped ? 0 : 1);
  process.off("SIGTERM", stop).off("SIGINT", stop);
}
