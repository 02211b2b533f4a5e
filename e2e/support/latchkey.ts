import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { newFolder, removeFolder, willBeSecret } from "@/lib/testing/evidence";
import { freePort } from "./free-port";
import { PASSWORD } from "./people";
import { launchServer, type ServerProcess, type Variables } from "./server-process";

/** The real server in a process of its own, as `npm start` runs it. */
export interface Latchkey {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly pid: number;
  /** Everything it has written so far, both streams, over all restarts. */
  logs(): string;
  /** As if who reads what it writes had gone: that fails from now on. */
  closeOutput(): void;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: it gets no chance to tidy up. */
  kill(): Promise<void>;
  /** Starts it anew after `stop` or `kill`: same port, same database, settings changed by `changed`. */
  restart(changed?: Variables): Promise<void>;
  /** Stops it if it runs, and removes its database. */
  discard(): Promise<void>;
}

/**
 * Starts a server on a free port with a database and a secret of its own, unless `variables` say otherwise,
 * and waits until it listens. Hashes passwords at the lowest cost. `source`: the project, or a copy of it.
 * `program`: the one server, or a cluster of them.
 *
 * @throws Error with what the server wrote, when it ends instead
 */
export async function startLatchkey(
  variables: Variables = {},
  source?: string,
  program = launchServer,
): Promise<Latchkey> {
  const folder = newFolder("e2e-");
  const port = await freePort();
  const origin = variables.APP_ORIGIN ?? `http://localhost:${port}`;
  const databaseUrl = variables.DATABASE_URL ?? `file:${join(folder, "latchkey.db")}`;
  let settings: Variables = {
    PORT: String(port),
    APP_ORIGIN: origin,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    BCRYPT_COST: "10",
    ...variables,
  };
  const processes: ServerProcess[] = [];
  const latest = () => processes.at(-1);
  const launch = async () => {
    const { AUTH_SECRET = "", AUTH_SECRET_PREVIOUS = "", PASSWORD_PEPPER = "" } = settings;
    const { METRICS_TOKEN = "" } = settings;
    const previous = AUTH_SECRET_PREVIOUS.split(",");
    willBeSecret(PASSWORD, AUTH_SECRET, PASSWORD_PEPPER, METRICS_TOKEN, ...previous);
    processes.push(await program(settings, source));
  };
  await launch();

  return {
    origin,
    databaseUrl,
    get pid() {
      return latest()?.pid ?? 0;
    },
    logs: () => processes.map((process) => process.output()).join(""),
    closeOutput: () => latest()?.closeOutput(),
    stop: async () => latest()?.end("SIGTERM") ?? null,
    async kill() {
      await latest()?.end("SIGKILL");
    },
    async restart(changed = {}) {
      settings = { ...settings, ...changed };
      await launch();
    },
    async discard() {
      await latest()?.end("SIGTERM");
      await removeFolder(folder);
    },
  };
}
