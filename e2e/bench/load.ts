import { openConnection, type Shot } from "../support/connection";

/** What the load generator is told to do, in a process of its own so that it does not slow down who measures. */
export interface Load {
  readonly origin: string;
  readonly shot: Shot;
  /** Connections that send at once, each one request after the other; one entry of cookies for each. */
  readonly cookies: readonly Cookies[];
  readonly seconds: number;
}

type Cookies = Readonly<Record<string, string>>;

export interface Measured {
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Answers other than 200; an honest run has none. */
  readonly failures: number;
  /** As they are afterwards: a refresh changes them. */
  readonly cookies: readonly Cookies[];
}

async function measure({ origin, shot, cookies, seconds }: Load): Promise<Measured> {
  const latencies: number[] = [];
  let failures = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const jars = cookies.map((entries) => new Map(Object.entries(entries)));
  await Promise.all(
    jars.map(async (jar) => {
      const connection = openConnection(origin, jar);
      for (let now = startedAt; now < endsAt; ) {
        const { status } = await connection.send(shot);
        const answeredAt = performance.now();
        latencies.push(answeredAt - now);
        if (status !== 200) failures += 1;
        now = answeredAt;
      }
      connection.close();
    }),
  );
  const lastedSeconds = (performance.now() - startedAt) / 1000;
  latencies.sort((one, other) => one - other);
  const percentile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  return {
    requestsPerSecond: latencies.length / lastedSeconds,
    p50Milliseconds: percentile(0.5),
    p99Milliseconds: percentile(0.99),
    failures,
    cookies: jars.map((jar) => Object.fromEntries(jar)),
  };
}

process.on("message", async (load: Load) => {
  process.send?.(await measure(load));
});
