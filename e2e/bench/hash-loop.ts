import { compareSync, hashSync } from "bcryptjs";
import { NATIVE_BCRYPT } from "./native-bcrypt";

/** What this process is told to do; see `generator.ts`. */
export interface HashLoop {
  readonly backend: "bcryptjs" | "native";
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
  const compare =
    backend === "native"
      ? (await import(NATIVE_BCRYPT)).verifySync
      : (password: string, hash: string) => compareSync(password, hash);
  const hash = hashSync(PASSWORD, cost);
  const startedAt = performance.now();
  let hashes = 0;
  while (performance.now() < startedAt + seconds * 1000) {
    if (!compare(PASSWORD, hash)) throw new Error("It does not match.");
    hashes += 1;
  }
  const millisecondsOfOne = (performance.now() - startedAt) / hashes;
  return { hashesPerSecond: 1000 / millisecondsOfOne, millisecondsOfOne };
}

process.on("message", async (loop: HashLoop) => {
  process.send?.(await run(loop));
});
