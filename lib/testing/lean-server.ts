import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";

/** A server in a process of its own that can be killed and started again over the same database. */
export interface LeanServer {
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Posts JSON over a connection of its own. Rejects when the server ends before it has answered. */
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

interface Answered {
  readonly status: number;
  /** By name. */
  readonly cookies: ReadonlyMap<string, string>;
}

/** Not started yet. Hashes at the lowest cost and limits nothing. */
export function leanServer(databaseUrl: string): LeanServer {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: "n7Vq0dXkT2mZ8yLr4WbJ6hGf3sCp9aQe",
    BCRYPT_COST: "10",
    RATE_LIMITS: "off",
    LOG_LEVEL: "error",
  };
  let child: ChildProcess | undefined;
  let port = 0;
  return {
    async start() {
      const program = fileURLToPath(new URL("lean-server-process.ts", import.meta.url));
      child = fork(program, { env, execArgv: ["--import", "tsx"] });
      const ended = once(child, "exit").then(() => {
        throw new Error("The server ended before it listened.");
      });
      [port] = (await Promise.race([once(child, "message"), ended])) as [number];
      ended.catch(() => {});
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    post: (path, body, headers = {}) =>
      new Promise((resolve, reject) => {
        const options = {
          method: "POST",
          agent: false,
          headers: { ...headers, "Content-Type": "application/json" },
        } as const;
        const sent = request(`http://127.0.0.1:${port}${path}`, options, (answer) => {
          const pairs = (answer.headers["set-cookie"] ?? []).map((line) => line.split(/[=;]/));
          const cookies = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
          answer.on("error", reject);
          answer.resume().on("end", () => resolve({ status: answer.statusCode ?? 0, cookies }));
        });
        sent.on("error", reject);
        sent.end(JSON.stringify(body));
      }),
  };
}
