import type { Duplex } from "node:stream";

/**
 * How much of a limit one turn of the event loop can use up, in milliseconds. While the loop stands still nothing can
 * arrive, so a stall counts as one step and not as the time that it lasted: a process that is busy must not take its
 * database for dead.
 */
const STEP_MS = 100;

/**
 * What is promised, unless it takes longer than `limitMs`.
 *
 * @param onLate gets what comes after all.
 * @throws Error when it takes longer
 */
export async function within<T>(
  limitMs: number,
  promised: Promise<T>,
  onLate: (value: T) => void,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const tooLate = new Promise<never>((_, reject) => {
    const wait = (leftMs: number) => {
      timer = setTimeout(
        () => {
          if (leftMs > STEP_MS) return wait(leftMs - STEP_MS);
          isLate = true;
          reject(new Error("timeout exceeded when trying to connect"));
        },
        Math.min(leftMs, STEP_MS),
      );
    };
    wait(limitMs);
  });
  promised.then(
    (value) => isLate && onLate(value),
    () => {},
  );
  return Promise.race([promised, tooLate]).finally(() => clearTimeout(timer));
}

/** Breaks a connection over which nothing has come for `limitMs`, until the function that it returns is called. */
export function breakWhenSilent(stream: Duplex, limitMs: number): () => void {
  let leftMs = limitMs;
  const listen = () => {
    leftMs = limitMs;
  };
  stream.on("data", listen);
  const watch = setInterval(() => {
    leftMs -= STEP_MS;
    if (leftMs <= 0) stream.destroy(new Error("The database fell silent"));
  }, STEP_MS);
  return () => {
    clearInterval(watch);
    stream.off("data", listen);
  };
}
