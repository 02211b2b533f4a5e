/** Aborted by the first SIGTERM or SIGINT, with its name as the reason's message; a second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (name: string) => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort(new DOMException(name, "AbortError"));
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  return controller.signal;
}
