import { betterAuth } from "better-auth";
import Database from "better-sqlite3";

/** As durable as Latchkey; a build opens one that is thrown away. */
const database = new Database(process.env.DATABASE ?? ":memory:");
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");

/** Its defaults, but for limits (off, as everywhere in the bench) and the cookie cache, which `COOKIE_CACHE=on` turns on. */
export const auth = betterAuth({
  database,
  baseURL: process.env.ORIGIN ?? "http://127.0.0.1",
  secret: process.env.SECRET ?? "only for the build, where nobody signs in",
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  session: { cookieCache: { enabled: process.env.COOKIE_CACHE === "on" } },
  telemetry: { enabled: false },
});
