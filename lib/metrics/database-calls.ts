import { isAuthError } from "@/lib/auth/errors";
import { inSpan } from "@/lib/tracing/spans";
import { instruments } from "./instruments";

/** Measures one call of the store; `operation` is its name, such as `failures.reserve`. */
export async function watchDatabase<T>(operation: string, ask: () => Promise<T>): Promise<T> {
  const { databaseSeconds, databaseFailures, refreshes } = instruments();
  const startedAt = performance.now();
  try {
    return await inSpan(`store ${operation}`, { "db.operation.name": operation }, ask);
  } catch (error) {
    const kind = isAuthError(error) ? error.code : "bug";
    databaseFailures.inc({ operation, kind });
    if (operation === "rotateSession" && kind === "unavailable") {
      // the one verdict that no event tells
      refreshes.inc({ verdict: kind });
    }
    throw error;
  } finally {
    databaseSeconds.observe({ operation }, (performance.now() - startedAt) / 1000);
  }
}
