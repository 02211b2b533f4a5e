import type { World } from "./world";

/** Runs `work` with a signal that aborts after `limitMs`, or as soon as `abort` does. */
export async function withDeadline<T>(
  { after }: Pick<World, "after">,
  limitMs: number,
  abort: AbortSignal | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const cancel = after(limitMs, stop);
  if (abort?.aborted) stop();
  abort?.addEventListener("abort", stop);
  try {
    return await work(controller.signal);
  } finally {
    cancel();
    abort?.removeEventListener("abort", stop);
  }
}
