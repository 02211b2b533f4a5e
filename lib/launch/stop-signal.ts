/** Aborted by the first SIGTERM or SIGINT, whose name is the message of its reason; a second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (name: string) => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort(new DOMException(name, "AbortError"));
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  return controller.signal;
}
