import { type BackendName, openBackend } from "../../lib/password/bcrypt-backend.mjs";

/** What this process is told to do; see `generator.ts`. */
export interface HashLoop {
  readonly backend: BackendName;
  readonly cost: number;
  readonly seconds: number;
}

export interface Hashed {
  readonly hashesPerSecond: number;
  readonly millisecondsOfOne: number;
}

const PASSWORD = "a password for the bench";

/** Compares a password with its hash again and again, and does nothing else. */
async function run({ backend, cost, seconds }: HashLoop): Promise<Hashed> {
  const bcrypt = await openBackend(backend);
  const hash = bcrypt.hash(PASSWORD, cost);
  const startedAt = performance.now();
  let hashes = 0;
  while (performance.now() < startedAt + seconds * 1000) {
    if (!bcrypt.compare(PASSWORD, hash)) throw new Error("It does not match.");
    hashes += 1;
  }
  const millisecondsOfOne = (performance.now() - startedAt) / hashes;
  return { hashesPerSecond: 1000 / millisecondsOfOne, millisecondsOfOne };
}

process.on("message", async (loop: HashLoop) => {
  process.send?.(await run(loop));
});
