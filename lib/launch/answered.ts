import type { IncomingMessage, ServerResponse } from "node:http";

/** One request and what became of it. */
export interface Answered {
  readonly method: string;
  /** Without the query, in which people put what they should not. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string;
}

/** Tells of a request when it is over, also when the client went away before. */
export function watch(
  { method = "", url = "" }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  onAnswer: (answered: Answered) => void,
): void {
  const startedAt = performance.now();
  const path = url.split("?")[0] ?? "";
  response.once("close", () => {
    const milliseconds = Math.round(performance.now() - startedAt);
    onAnswer({ method, path, status: response.statusCode, milliseconds, requestId });
  });
}
