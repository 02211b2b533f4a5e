import { once } from "node:events";

/**
 * Aborted by the first SIGTERM or SIGINT, with its name as the reason's message. A second one calls `endAtOnce`.
 */
export function stopSignal(endAtOnce: () => void = () => process.exit(1)): AbortSignal {
  const controller = new AbortController();
  const onSignal = (name: string) => {
    if (controller.signal.aborted) endAtOnce();
    else controller.abort(new DOMException(name, "AbortError"));
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  return controller.signal;
}

/** Resolves when `signal` is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}
