import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { BUDGETS } from "@/lib/auth/budget";
import { FLOOD_LIMITS } from "@/lib/auth/flood";
import type { RevokedReason } from "@/lib/auth/store";
import { passwordBacklog } from "@/lib/password/backlog";
import { singleton } from "@/lib/singleton";

/** What this process counts and measures. Names and meanings: OPERATION.md, "Metrics". Labels are words from fixed lists. */
export type Instruments = ReturnType<typeof openInstruments>;

/** Those of this process: our server, the handlers and the pages are separate module graphs. */
export function instruments(): Instruments {
  return singleton("metrics", openInstruments);
}

const LOGIN_FAILURES = [
  "unknown_user",
  "wrong_password",
  "disabled",
  "no_password",
  "unreadable_hash",
];
const SESSION_ENDS = Object.keys({
  logout: 0,
  replaced: 0,
  ended: 0,
  cap: 0,
  reuse: 0,
  recovery_expired: 0,
  disabled: 0,
  password_changed: 0,
} satisfies Record<RevokedReason, 0>);
const VERDICTS = [
  "rotated",
  "repeated",
  "reuse",
  "recovery_expired",
  "revoked",
  "expired",
  "disabled",
  "unknown",
  "garbage",
  "unavailable",
];

/** Upper bounds, in seconds. A request may wait eight seconds for its hash. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DATABASE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const HASH_SECONDS = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10];

function openInstruments() {
  const registry = new Registry();
  measureProcess(registry);
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter<Label>({ name: `latchkey_${name}_total`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: Label[]
  ) =>
    new Histogram<Label>({
      name: `latchkey_${name}_seconds`,
      help,
      buckets,
      labelNames,
      registers,
    });

  new Gauge({
    name: "latchkey_hash_queue_depth",
    help: "Passwords that wait for a core to hash them.",
    registers,
    collect() {
      this.set(passwordBacklog().waiting);
    },
  });
  const counters = {
    logins: counter("logins", "Right passwords."),
    loginFailures: counter("login_failures", "Logins refused, by reason.", "reason"),
    registrations: counter("registrations", "Accounts made."),
    sessionsOpened: counter("sessions_opened", "Sessions opened."),
    sessionEnds: counter("session_ends", "Sessions that somebody ended, by reason.", "reason"),
    refreshes: counter("refreshes", "Refresh tokens presented, by verdict.", "verdict"),
    reuses: counter("token_reuses", "Sessions ended because an old refresh token came back."),
    limited: counter("rate_limited", "Attempts refused, by limit.", "limit"),
    crossSite: counter("cross_site_refusals", "Requests that another site made a browser send."),
    requests: counter("http_requests", "Requests answered.", "route", "method", "status"),
    databaseFailures: counter("database_failures", "Calls that failed.", "operation", "kind"),
    cleanUpRuns: counter("cleanup_runs", "Clean-ups begun, by outcome.", "outcome"),
    cleanedUpRows: counter("cleanup_rows", "Rows deleted by the clean-up.", "table"),
  };
  startAtZero(counters.loginFailures, "reason", LOGIN_FAILURES);
  startAtZero(counters.sessionEnds, "reason", SESSION_ENDS);
  startAtZero(counters.refreshes, "verdict", VERDICTS);
  startAtZero(counters.limited, "limit", [...Object.keys(BUDGETS), ...Object.keys(FLOOD_LIMITS)]);
  startAtZero(counters.cleanUpRuns, "outcome", ["done", "elsewhere", "failed"]);
  startAtZero(counters.cleanedUpRows, "table", ["session", "throttle"]);
  return {
    registry,
    ...counters,
    requestSeconds: histogram(
      "http_request_duration",
      "From the head of a request to the end of its answer.",
      REQUEST_SECONDS,
      "route",
      "method",
    ),
    databaseSeconds: histogram(
      "database_duration",
      "Calls of the store, waiting included.",
      DATABASE_SECONDS,
      "operation",
    ),
    hashWaitSeconds: histogram("hash_wait", "How long a password waited.", HASH_SECONDS),
    hashSeconds: histogram("hash_duration", "How long hashing took.", HASH_SECONDS),
  };
}

/** A counter that comes into being with its first event shows no increase for it. */
function startAtZero<Label extends string>(
  counter: Counter<Label>,
  label: Label,
  values: readonly string[],
): void {
  for (const value of values) counter.inc({ [label]: value } as Record<Label, string>, 0);
}

/** What a Node process is asked for; the library offers more than anybody looks at. */
const PROCESS_METRICS =
  /^(process_(cpu_|resident_memory_bytes|start_time_seconds|open_fds|max_fds)|nodejs_(eventloop_lag_|heap_size_|external_memory_|gc_duration_))/;

function measureProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray()) {
    if (!PROCESS_METRICS.test(name)) registry.removeSingleMetric(name);
  }
}
