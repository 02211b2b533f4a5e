import { readFileSync } from "node:fs";

/** Which variables this process was started with: what `.env` adds later is not among them. */
const GIVEN: ReadonlySet<string> = new Set(Object.keys(process.env));

/** Tells Next and React which of their builds is wanted. They ask when they are loaded, so this comes first. */
export function enterMode(dev: boolean): void {
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
}

/** Tells Next where this server listens. */
export function tellAddress(host: string, port: number): void {
  Object.assign(process.env, { HOST: host, PORT: String(port) });
}

/**
 * Hands Next the configuration that it was built with, as Next's own standalone server does. Else it would read
 * `next.config.ts` again, by a compiler that stays in memory or, in a standalone folder, is not there.
 */
export function handOverConfig(): void {
  const { config } = JSON.parse(readFileSync(".next/required-server-files.json", "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}

/** From now on the setting `name` is `value`, whatever `.env` says. To be called before settings are read. */
export function overrule(name: string, value: string): void {
  process.env[name] = value;
}

/** Everything that came into the environment since the start, as unset: for a process that shall read `.env` itself. */
export function withoutAdditions(): Readonly<Record<string, undefined>> {
  const added = Object.keys(process.env).filter((name) => !GIVEN.has(name));
  return Object.fromEntries(added.map((name) => [name, undefined]));
}
