import { isLoopback } from "@/lib/origin";
import type { SettingReader } from "./setting-reader";

/** How the running system may be watched. */
export interface ObservationSettings {
  /** What a reader of the metrics shows; null: only programs on this machine may read them, if anybody. */
  readonly metricsToken: string | null;
  /** Whether traces are sent to a collector; where to is read by OpenTelemetry itself. */
  readonly sendsTraces: boolean;
}

/** Reads them. What is wrong with the traces turns them off and stops nothing: signing in does not need them. */
export function readObservation(read: SettingReader, origin: URL | null): ObservationSettings {
  return { metricsToken: readMetricsToken(read, origin), sendsTraces: readSendsTraces(read) };
}

function readMetricsToken(read: SettingReader, origin: URL | null): string | null {
  const token = read.value("METRICS_TOKEN") ?? null;
  // what a Bearer header can carry
  if (token !== null && !/^[A-Za-z0-9._~+/-]{16,}=*$/.test(token)) {
    read.problem("METRICS_TOKEN must have at least 16 characters, of letters, digits and ._~+/-");
  }
  if (token === null && origin !== null && !isLoopback(origin)) {
    read.note("METRICS_TOKEN is not set: nobody can read /api/metrics");
  }
  return token;
}

function readSendsTraces(read: SettingReader): boolean {
  const endpoint = read.value("OTEL_EXPORTER_OTLP_ENDPOINT");
  if (endpoint === undefined) return false;
  const isUsable = URL.canParse(endpoint) && /^https?:/.test(new URL(endpoint).protocol);
  if (!isUsable) {
    read.note("OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL: traces are off");
  }
  return isUsable;
}
