import { availableParallelism } from "node:os";
import { type Contestant, NAMES } from "./contestant";
import type { Figures } from "./figures";
import { openGenerator } from "./generator";
import type { Hashed, HashLoop } from "./hash-loop";
import type { StoreLoop } from "./store-loop";

/** What our store does without tokens, HTTP and Next: the ceiling of refresh and users/me. */
export function bareStore(): Contestant {
  const loop = openGenerator<StoreLoop, Figures>("store-loop.ts");
  const discipline = (kind: StoreLoop["kind"], work: string) => ({
    kind,
    work,
    measure: (seconds: number) => loop.measure({ kind, seconds }),
  });
  return {
    name: NAMES.bareStore,
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
