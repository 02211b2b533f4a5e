import { expect, test } from "vitest";
import { readSettings, SettingsError } from "./config";

const SECRET = "n7Vq0dXkT2mZ8yLr4WbJ6hGf3sCp9aQe";
const read = (env: Record<string, string> = {}) => readSettings({ AUTH_SECRET: SECRET, ...env });

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("without anything set it is a local, embedded server", () => {
  expect(read()).toMatchObject({
    origin: "http://localhost:3000",
    databaseUrl: "file:./.data/latchkey.db",
    databasePoolSize: 10,
    host: "127.0.0.1",
    accessTokenSeconds: 900,
    idleSeconds: 604_800,
    absoluteSeconds: 2_592_000,
    graceSeconds: 10,
    recoverySeconds: 604_800,
    maxSessionsPerUser: 50,
    bcryptCost: 12,
    passwordMinLength: 8,
    registrationOpen: true,
    limitsRates: true,
    trustProxyHops: 0,
    metricsToken: null,
    sendsTraces: false,
    notes: [],
  });
});

test("an empty variable counts as unset, and the origin follows the port", () => {
  expect(read({ ACCESS_TOKEN_SECONDS: "", PORT: "4100" })).toMatchObject({
    accessTokenSeconds: 900,
    origin: "http://localhost:4100",
  });
});

test("the recovery window follows the idle life", () => {
  expect(read({ REFRESH_IDLE_SECONDS: "60" }).recoverySeconds).toBe(60);
  expect(read({ REFRESH_RECOVERY_SECONDS: "0" }).recoverySeconds).toBe(0);
});

// bar 63
test("the grace is a minute at most, and may be nothing", () => {
  expect(problemsOf({ AUTH_SECRET: SECRET, REFRESH_GRACE_SECONDS: "61" })).toEqual([
    expect.stringMatching(/^REFRESH_GRACE_SECONDS /),
  ]);
  for (const seconds of ["0", "60"]) {
    expect(read({ REFRESH_GRACE_SECONDS: seconds }).graceSeconds).toBe(Number(seconds));
  }
});

// bar 14
test("no hash is cheaper than cost 10", () => {
  expect(problemsOf({ AUTH_SECRET: SECRET, BCRYPT_COST: "9" })).toEqual([
    expect.stringMatching(/^BCRYPT_COST /),
  ]);
});

test("limits can be switched off, which is said at start", () => {
  const { limitsRates, notes } = read({ RATE_LIMITS: "off" });
  expect(limitsRates).toBe(false);
  expect(notes.join()).toContain("RATE_LIMITS is off");
});

// bar 156
test("every problem is told at once, by name and without values", () => {
  const problems = problemsOf({
    AUTH_SECRET: "too-short-marker",
    AUTH_SECRET_PREVIOUS: `${SECRET},older-marker`,
    APP_ORIGIN: "ftp://marker.example",
    DATABASE_URL: "mysql://marker",
    PORT: "marker",
    INSTANCES: "0",
    ACCESS_TOKEN_SECONDS: "4",
    REFRESH_IDLE_SECONDS: "0",
    REFRESH_ABSOLUTE_SECONDS: "marker",
    REFRESH_GRACE_SECONDS: "61",
    REFRESH_RECOVERY_SECONDS: "-1",
    BCRYPT_COST: "9",
    PASSWORD_MIN_LENGTH: "257",
    REGISTRATION: "marker",
    RATE_LIMITS: "marker",
    LOG_LEVEL: "marker",
    MAX_SESSIONS_PER_USER: "0",
    DATABASE_POOL_SIZE: "0",
    TRUST_PROXY_HOPS: "-1",
  });
  for (const name of [
    "AUTH_SECRET",
    "AUTH_SECRET_PREVIOUS",
    "APP_ORIGIN",
    "DATABASE_URL",
    "PORT",
    "INSTANCES",
    "ACCESS_TOKEN_SECONDS",
    "REFRESH_IDLE_SECONDS",
    "REFRESH_ABSOLUTE_SECONDS",
    "REFRESH_GRACE_SECONDS",
    "REFRESH_RECOVERY_SECONDS",
    "BCRYPT_COST",
    "PASSWORD_MIN_LENGTH",
    "REGISTRATION",
    "RATE_LIMITS",
    "LOG_LEVEL",
    "MAX_SESSIONS_PER_USER",
    "DATABASE_POOL_SIZE",
    "TRUST_PROXY_HOPS",
  ]) {
    expect(problems.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
  }
  expect(problems.join("\n")).not.toContain("marker");
});

// bar 156
test("settings of mail that are not usable turn mail off, and nothing else", () => {
  const { notes } = read({ SMTP_URL: "http://marker", MAIL_FROM: "marker" });
  expect(notes).toEqual(["SMTP_URL must start with smtp:// or smtps://: mail is off"]);
});

// bar 47, 90
test("a public origin needs https and a secret of its own", () => {
  expect(problemsOf({ APP_ORIGIN: "http://app.example.org", AUTH_SECRET: SECRET })).toEqual([
    "APP_ORIGIN must be https, except on this machine itself",
  ]);
  expect(problemsOf({ APP_ORIGIN: "https://app.example.org" })[0]).toMatch(
    /^AUTH_SECRET is required/,
  );
});

test.each([
  "http://localhost:3000",
  "http://127.0.0.1:80",
  "http://[::1]:3000",
  "https://a.example",
])("%s is an origin", (origin) => {
  expect(read({ APP_ORIGIN: origin }).origin).toBe(new URL(origin).origin);
});

test.each([
  "https://a.example/path",
  "https://user:pw@a.example",
  "a.example",
  "https://a.example?x",
])("%s is no origin", (origin) => {
  expect(problemsOf({ APP_ORIGIN: origin, AUTH_SECRET: SECRET })).toHaveLength(1);
});

test("a secret that could not be listed as a previous one is refused", () => {
  for (const secret of [`${SECRET},more`, ` ${SECRET}`]) {
    expect(problemsOf({ AUTH_SECRET: secret })).toHaveLength(1);
  }
});

test("odd combinations only warn", () => {
  const { notes } = read({ REFRESH_IDLE_SECONDS: "100", REFRESH_ABSOLUTE_SECONDS: "10" });
  expect(notes).toHaveLength(2);
});

test("a pepper that can be guessed is warned of, and the previous one is known by the same name", () => {
  const { peppers, notes } = read({ PASSWORD_PEPPER: "one" });
  expect(notes).toEqual(["PASSWORD_PEPPER must have at least 32 bytes: it can be guessed"]);
  const next = read({ PASSWORD_PEPPER: SECRET, PASSWORD_PEPPER_PREVIOUS: "one" });
  expect(next.peppers.previous).toEqual(peppers.current);
  expect(next.notes).toEqual([]);
});

test("a token of the metrics fits in a header and is no word; without one a public server says so", () => {
  expect(read({ METRICS_TOKEN: "0123456789abcdef" }).metricsToken).toBe("0123456789abcdef");
  for (const METRICS_TOKEN of [
    "0123456789abcde",
    "marker with blanks in it",
    "märker-0123456789",
  ]) {
    expect(problemsOf({ AUTH_SECRET: SECRET, METRICS_TOKEN })).toEqual([
      expect.stringMatching(/^METRICS_TOKEN must have /),
    ]);
  }
  const { notes } = read({ APP_ORIGIN: "https://app.example.org" });
  expect(notes).toEqual(["METRICS_TOKEN is not set: nobody can read /api/metrics"]);
});

test("an address for traces that is not usable turns them off, and nothing else", () => {
  const tracing = (OTEL_EXPORTER_OTLP_ENDPOINT: string) => read({ OTEL_EXPORTER_OTLP_ENDPOINT });
  expect(tracing("http://localhost:4318")).toMatchObject({ sendsTraces: true, notes: [] });
  for (const wrong of ["marker", "marker://a", "localhost:4318"]) {
    expect(tracing(wrong)).toMatchObject({
      sendsTraces: false,
      notes: ["OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL: traces are off"],
    });
  }
});
