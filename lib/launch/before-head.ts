import type { ServerResponse } from "node:http";

/**
 * Calls `adjust` with the status in the moment the head of an answer is written; the status it returns is sent.
 * It may still set headers then.
 */
export function beforeHead(response: ServerResponse, adjust: (status: number) => number): void {
  const writeHead = response.writeHead.bind(response) as WriteHead;
  response.writeHead = (status: number, ...rest: readonly unknown[]) =>
    writeHead(adjust(status), ...rest);
}

type WriteHead = (status: number, ...rest: readonly unknown[]) => ServerResponse;
