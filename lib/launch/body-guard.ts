import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Hands on at most `maxBytes` of a body. The first byte too many calls `onExceeded`, and nothing follows, not even
 * the end: nobody may take what came so far for the whole. Counts what really arrives, so it holds without a
 * `Content-Length` too. What arrives after the answer is no longer counted: Node throws it away unread.
 */
export function guardBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
  onExceeded: () => void,
): void {
  const push = request.push.bind(request);
  let bytes = 0;
  let isExceeded = false;
  request.push = (chunk: Buffer | null, encoding) => {
    if (isExceeded) return true;
    bytes += chunk?.length ?? 0;
    if (bytes <= maxBytes || response.writableEnded) return push(chunk, encoding);
    isExceeded = true;
    onExceeded();
    return true;
  };
}
