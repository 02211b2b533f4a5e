import { tracing } from "./spans";

/** Turns tracing on; from then on Next makes spans of its own too. @param tell told when spans cannot be delivered */
export async function startTracing(tell: (problem: unknown) => void): Promise<void> {
  const state = tracing();
  if (state.current !== null) return;
  const { openTelemetry } = await import("./open-telemetry");
  state.current = openTelemetry(tell);
}

/** Sends what is left and turns tracing off. */
export async function stopTracing(): Promise<void> {
  const state = tracing();
  const { current } = state;
  state.current = null;
  await current?.close();
}
