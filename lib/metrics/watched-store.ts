import type { Store } from "@/lib/auth/store";

/** Stands around a call; `operation` is the name of the method. Hands on what the call answers or throws. */
export type Watch = <T>(operation: string, ask: () => Promise<T>) => Promise<T>;

/**
 * The same store with `watch` around each of its calls; those of a part of it are named after both: `failures.reserve`.
 * What a store calls of itself is not seen.
 */
export function watchedStore(store: Store, watch: Watch): Store {
  return watched(store, watch, "");
}

function watched<Calls extends object>(calls: Calls, watch: Watch, prefix: string): Calls {
  const entries = Object.entries(calls).map(([name, part]: [string, Part]) => {
    const operation = `${prefix}${name}`;
    const around =
      typeof part === "function"
        ? (...given: readonly unknown[]) => watch(operation, () => part(...given))
        : watched(part, watch, `${operation}.`);
    return [name, around];
  });
  return Object.fromEntries(entries) as Calls;
}

type Part = object | ((...given: readonly unknown[]) => Promise<unknown>);
