import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { AuthSettings } from "@/lib/auth/context";
import { pepperOf } from "@/lib/auth/password";
import { isLoopback, parseOrigin } from "@/lib/origin";
import type { BackendName } from "@/lib/password/bcrypt-backend.mjs";
import { databaseUrlOf } from "@/lib/settings/database-url";
import { checkMail } from "@/lib/settings/mail";
import { type ObservationSettings, readObservation } from "@/lib/settings/observation";
import { secretProblem } from "@/lib/settings/secret";
import { type Environment, type SettingReader, settingReader } from "@/lib/settings/setting-reader";
import { readSigningSecrets, type SigningSecrets } from "@/lib/settings/signing-secrets";
import { singleton } from "@/lib/singleton";

/** All settings. The table with names, defaults and meanings is in the README. */
export interface Settings extends AuthSettings, ObservationSettings, SigningSecrets {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly port: number;
  readonly host: string;
  /** How many processes `npm run cluster` keeps. */
  readonly instances: number;
  readonly trustProxyHops: number;
  /** What is used where it can be. */
  readonly bcryptBackend: BackendName;
  readonly logLevel: LogLevel;
  /** What an operator should know of these settings, a sentence each; holds no values. */
  readonly notes: readonly string[];
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const DAY_SECONDS = 24 * 60 * 60;

/** Everything that is wrong with the environment, at once. Names variables, never their values. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly problems: readonly string[]) {
    super(
      `The settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  }
}

/** The settings of this process, read once: `.env` as far as the environment does not say otherwise. @throws SettingsError */
export function settings(): Settings {
  return singleton("settings", () => readSettings(environment()));
}

/** `DATABASE_URL` alone, for commands that need no other setting. */
export function databaseUrl(): string {
  return databaseUrlOf(environment());
}

/** Whether this is Next's development server. Not a setting: `npm run dev` alone says so. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === "development";
}

function environment(): Environment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env;
}

/**
 * Reads and checks the environment. An empty variable counts as unset.
 * Makes and keeps a secret of its own when none is given and `APP_ORIGIN` is on this machine.
 *
 * @throws SettingsError with every problem
 */
export function readSettings(env: Environment): Settings {
  const read = settingReader(env);
  const port = read.integer("PORT", 3000, 1, 65_535);
  const origin = readOrigin(read, port);
  const databaseUrl = databaseUrlOf(env);
  if (!/^(file:.|postgres(ql)?:\/\/.)/.test(databaseUrl)) {
    read.problem("DATABASE_URL must start with file: or postgresql://");
  }
  const previousPepper = read.value("PASSWORD_PEPPER_PREVIOUS");
  const idleSeconds = read.integer("REFRESH_IDLE_SECONDS", 7 * DAY_SECONDS, 1);

  const settings: Settings = {
    origin: origin?.origin ?? "",
    databaseUrl,
    databasePoolSize: read.integer("DATABASE_POOL_SIZE", 10, 1, 1000),
    ...readSigningSecrets(read, origin),
    port,
    host: read.text("HOST", "127.0.0.1"),
    instances: read.integer("INSTANCES", availableParallelism(), 1, 256),
    registrationOpen: read.oneOf("REGISTRATION", ["open", "closed"], "open") === "open",
    accessTokenSeconds: read.integer("ACCESS_TOKEN_SECONDS", 900, 5, 3600),
    idleSeconds,
    absoluteSeconds: read.integer("REFRESH_ABSOLUTE_SECONDS", 30 * DAY_SECONDS, 1),
    graceSeconds: read.integer("REFRESH_GRACE_SECONDS", 10, 0, 60),
    recoverySeconds: read.integer("REFRESH_RECOVERY_SECONDS", idleSeconds, 0),
    maxSessionsPerUser: read.integer("MAX_SESSIONS_PER_USER", 50, 1),
    bcryptCost: read.integer("BCRYPT_COST", 12, 10, 15),
    bcryptBackend: read.oneOf("BCRYPT_BACKEND", ["native", "bcryptjs"], "native"),
    passwordMinLength: read.integer("PASSWORD_MIN_LENGTH", 8, 1, 256),
    peppers: {
      current: pepperOf(read.value("PASSWORD_PEPPER")),
      previous: previousPepper ? pepperOf(previousPepper) : null,
    },
    limitsRates: read.oneOf("RATE_LIMITS", ["on", "off"], "on") === "on",
    trustProxyHops: read.integer("TRUST_PROXY_HOPS", 0, 0, 16),
    logLevel: read.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    ...readObservation(read, origin),
    notes: read.notes,
  };
  checkMail(read);
  warnOfOddities(read, settings);
  if (read.problems.length > 0) throw new SettingsError(read.problems);
  return settings;
}

function readOrigin(read: SettingReader, port: number): URL | null {
  const origin = parseOrigin(read.text("APP_ORIGIN", `http://localhost:${port}`));
  if (origin === null) {
    read.problem("APP_ORIGIN must be an origin such as https://app.example.org, without a path");
  } else if (origin.protocol === "http:" && !isLoopback(origin)) {
    read.problem("APP_ORIGIN must be https, except on this machine itself");
  }
  return origin;
}

function warnOfOddities(read: SettingReader, settings: Settings): void {
  const pepper = read.value("PASSWORD_PEPPER");
  const problem = pepper === undefined ? null : secretProblem(pepper);
  if (problem !== null) read.note(`PASSWORD_PEPPER ${problem}: it can be guessed`);
  if (!settings.limitsRates)
    read.note("RATE_LIMITS is off: passwords can be guessed without a limit");
  const { accessTokenSeconds, idleSeconds, absoluteSeconds, graceSeconds, recoverySeconds } =
    settings;
  if (idleSeconds > absoluteSeconds) {
    read.note("REFRESH_IDLE_SECONDS is longer than REFRESH_ABSOLUTE_SECONDS: the latter decides");
  }
  if (accessTokenSeconds > idleSeconds) {
    read.note("ACCESS_TOKEN_SECONDS is longer than REFRESH_IDLE_SECONDS: sessions end unused");
  }
  if (recoverySeconds > 0 && recoverySeconds < graceSeconds) {
    read.note("REFRESH_RECOVERY_SECONDS is shorter than REFRESH_GRACE_SECONDS: it has no effect");
  }
}
