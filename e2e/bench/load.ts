import { type Client, runErrand } from "./errand";
import { type Figures, figuresOf } from "./figures";
import type { Request } from "./request-text";

/** What this process is told to do; see `generator.ts`. */
export interface Load {
  readonly origin: string;
  /** What every client sends, in turn. */
  readonly mix: readonly Request[];
  readonly clients: readonly Client[];
  readonly seconds: number;
  /** By all of them together, evenly; without it each sends again as soon as it is answered. */
  readonly perSecond?: number;
}

export interface Measured extends Figures {
  /** With their cookies as they are afterwards. */
  readonly clients: readonly Client[];
}

async function run({ origin, mix, clients, seconds, perSecond }: Load): Promise<Measured> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const ran = await Promise.all(
    clients.map((client, first) => {
      const nth = (count: number) => count * clients.length + first;
      const dueAt =
        perSecond === undefined
          ? null
          : (count: number) => startedAt + (nth(count) * 1000) / perSecond;
      return runErrand({ origin, mix, first, client, until, dueAt });
    }),
  );
  const lastedSeconds = (performance.now() - startedAt) / 1000;
  const milliseconds = ran.flatMap((each) => each.milliseconds);
  const failures = ran.reduce((sum, each) => sum + each.failures, 0);
  return {
    ...figuresOf(milliseconds, lastedSeconds, failures),
    clients: ran.map(({ client }) => client),
  };
}

process.on("message", async (load: Load) => {
  process.send?.(await run(load));
});
