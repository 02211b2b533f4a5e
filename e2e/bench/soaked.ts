import { readdirSync } from "node:fs";
import { residentMegabytes } from "../support/vitals";
import { strangers } from "./clients";
import type { LoadGenerator } from "./contestant";
import { type Cores, pin } from "./cores";
import type { Client } from "./errand";
import type { Request } from "./request-text";

/** A server that is under way for a long time. */
export interface Soaked {
  readonly name: string;
  readonly origin: string;
  readonly pid: number;
  readonly clients: readonly Client[];
  /** What its clients ask for, in turn. */
  readonly mix: readonly Request[];
  /** What is asked for once a second besides, by strangers. */
  readonly aside: Request;
  /** Further columns of its own: name to value. */
  vitals(): Readonly<Record<string, number>>;
}

/** One minute of it. */
export interface Minute {
  /** The least of several readings: what is above it is garbage that waits to be collected. Null without /proc. */
  readonly residentMegabytes: number | null;
  readonly files: number | null;
  readonly vitals: Readonly<Record<string, number>>;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly answers: number;
  readonly failures: number;
}

export interface Generators {
  /** Sends the mix. */
  readonly main: LoadGenerator;
  readonly aside: LoadGenerator;
}

const CAPACITY_SECONDS = 10;
const READINGS_A_MINUTE = 6;
const ASIDE = { perSecond: 1, clients: strangers(4) };

/** How much of its mix a server answers in a second when it is asked without a pause; the first seconds do not count. */
export async function capacityOf(
  { origin, mix, clients, pid }: Soaked,
  generator: LoadGenerator,
  cores: Cores | null,
): Promise<{ readonly perSecond: number; readonly clients: readonly Client[] }> {
  pin(pid, "server", cores);
  const warm = await generator.measure({ origin, mix, clients, seconds: CAPACITY_SECONDS / 2 });
  const load = { origin, mix, clients: warm.clients, seconds: CAPACITY_SECONDS };
  const measured = await generator.measure(load);
  return { perSecond: measured.requestsPerSecond, clients: measured.clients };
}

/** Lets a server work at this pace; tells each minute. */
export async function soak(
  soaked: Soaked,
  { minutes, perSecond }: { readonly minutes: number; readonly perSecond: number },
  generators: Generators,
  tell: (minute: Minute, number: number) => void,
): Promise<readonly Minute[]> {
  const { origin, mix, aside, pid } = soaked;
  const all: Minute[] = [];
  let { clients } = soaked;
  while (all.length < minutes) {
    const seconds = 60 / READINGS_A_MINUTE;
    const readings: (number | null)[] = [];
    const parts = [];
    for (let part = 0; part < READINGS_A_MINUTE; part++) {
      const [main, beside] = await Promise.all([
        generators.main.measure({ origin, mix, clients, seconds, perSecond }),
        generators.aside.measure({ origin, mix: [aside], seconds, ...ASIDE }),
      ]);
      clients = main.clients;
      readings.push(residentMegabytes(pid));
      parts.push({ ...main, failures: main.failures + beside.failures });
    }
    const minute: Minute = {
      residentMegabytes: readings.includes(null) ? null : Math.min(...readings.map(Number)),
      files: process.platform === "linux" ? readdirSync(`/proc/${pid}/fd`).length : null,
      vitals: soaked.vitals(),
      p50Milliseconds: Math.max(...parts.map(({ p50Milliseconds }) => p50Milliseconds)),
      p99Milliseconds: Math.max(...parts.map(({ p99Milliseconds }) => p99Milliseconds)),
      answers: Math.round(parts.reduce((sum, each) => sum + each.requestsPerSecond * seconds, 0)),
      failures: parts.reduce((sum, each) => sum + each.failures, 0),
    };
    all.push(minute);
    tell(minute, all.length);
  }
  return all;
}
