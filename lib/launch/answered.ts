import type { IncomingMessage, ServerResponse } from "node:http";

/** One request and what became of it. */
export interface Answered {
  readonly method: string;
  /** Without the query, in which people put what they should not. */
  readonly path: string;
  /** 499 where the client went away before it was answered, as proxies say it. */
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string;
}

const CLIENT_WENT_AWAY = 499;

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
    const status = response.headersSent ? response.statusCode : CLIENT_WENT_AWAY;
    onAnswer({ method, path, status, milliseconds, requestId });
  });
}
