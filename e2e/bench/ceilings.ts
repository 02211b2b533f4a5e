import { availableParallelism } from "node:os";
import type { CONNECTIONS } from "./clients";
import { type Contestant, NAMES } from "./contestant";
import type { Figures } from "./figures";
import { openGenerator } from "./generator";
import type { Hashed, HashLoop } from "./hash-loop";
import type { StoreLoop } from "./store-loop";

/**
 * What our store does without tokens, HTTP and Next: in a loop, where each call follows the answer to the one before, or
 * with as many callers at once as a server has clients, who share commits as they do there.
 */
export function bareStore(callers: 1 | typeof CONNECTIONS): Contestant {
  const loop = openGenerator<StoreLoop, Figures>("store-loop.ts");
  const discipline = (kind: StoreLoop["kind"], work: string) => ({
    kind,
    work,
    measure: (seconds: number) => loop.measure({ kind, callers, seconds }),
  });
  return {
    name: callers === 1 ? NAMES.storeLoop : NAMES.storeAtOnce,
    pids: [loop.pid],
    disciplines: [
      discipline("me", "session and user read"),
      discipline("refresh", "one durable UPDATE … RETURNING"),
    ],
    close: async () => loop.close(),
  };
}

/** Cores divided by the time of one hash, all of them hashing and nothing else running: the ceiling of login. */
export function bareHashes(backend: HashLoop["backend"], cost: number): Contestant {
  const loops = Array.from({ length: availableParallelism() }, () =>
    openGenerator<HashLoop, Hashed>("hash-loop.ts"),
  );
  return {
    name: backend === "native" ? NAMES.hashesNative : NAMES.hashes,
    pids: loops.map(({ pid }) => pid),
    disciplines: [
      {
        kind: "login",
        work: "cores / time of one hash, nothing else running",
        async measure(seconds) {
          const all = await Promise.all(
            loops.map((loop) => loop.measure({ backend, cost, seconds })),
          );
          const slowest = Math.max(...all.map(({ millisecondsOfOne }) => millisecondsOfOne));
          return {
            requestsPerSecond: all.reduce((sum, { hashesPerSecond }) => sum + hashesPerSecond, 0),
            p50Milliseconds: slowest,
            p99Milliseconds: slowest,
            failures: 0,
          };
        },
      },
    ],
    close: async () => {
      for (const loop of loops) loop.close();
    },
  };
}
