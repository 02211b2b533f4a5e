import { parentPort, workerData } from "node:worker_threads";
import { migrate } from "@/prisma/migrate";

/** What this thread says once, when it is done. */
export type Migrated =
  | { readonly applied: readonly string[] }
  /** What can be told of what was thrown; its class does not get from one thread to another. */
  | { readonly failure: Failure };

type Failure = Pick<NodeJS.ErrnoException, "name" | "message" | "stack" | "code" | "path">;

parentPort?.postMessage(
  await migrate(workerData).then(
    (applied): Migrated => ({ applied }),
    ({ name, message, stack, code, path }: Failure): Migrated => ({
      failure: {
        name,
        message,
        ...(stack && { stack }),
        ...(code && { code }),
        ...(path && { path }),
      },
    }),
  ),
);
