const shared = globalThis as { [key: symbol]: unknown };
const keyOf = (name: string) => Symbol.for(`latchkey.${name}`);

/**
 * One value a process. Pages, route handlers and `proxy.ts` are separate module graphs in Next, so a variable of a
 * module exists several times; `globalThis` does not.
 */
export function singleton<Value>(name: string, make: () => Value): Value {
  const key = keyOf(name);
  shared[key] ??= make();
  return shared[key] as Value;
}

/** One promised value a process. A failure is not kept: the next use tries again. */
export function promisedSingleton<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
  return singleton(name, () => {
    const promise = make();
    promise.catch(() => forgetSingleton(name));
    return promise;
  });
}

/** Takes a singleton away, so that the next use makes another; undefined when there was none. */
export function forgetSingleton<Value>(name: string): Value | undefined {
  const key = keyOf(name);
  const value = shared[key];
  delete shared[key];
  return value as Value | undefined;
}
