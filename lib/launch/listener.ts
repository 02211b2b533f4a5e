import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AuthError, isAuthError } from "@/lib/auth/errors";
import { type Exchange, runExchange } from "@/lib/http/exchange";
import { requestIdOf } from "@/lib/http/request-id";
import { NO_SNIFFING, transportHeaders } from "@/lib/http/security-headers";
import { type Answered, watch } from "./answered";
import { beforeHead } from "./before-head";
import { guardBody } from "./body-guard";
import { clientAddress } from "./client-address";
import { removeFingerprints } from "./fingerprints";
import { type Patience, SERVER_LIMITS, SILENCE_MILLISECONDS, SWALLOWED_BODY_BYTES } from "./limits";
import { isLocalCaller } from "./local-caller";
import { requireCapacity } from "./overload";
import { refuse, refuseWith } from "./refuse";
import { hasBody, isApiPath, screen } from "./screening";
import { removeUntrustedHeaders } from "./untrusted-headers";

/** What answers a request: the lane, Next, or both by path. Settles when it is done. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ListenerOptions {
  /** How many entries from the right of `X-Forwarded-For` our own proxies wrote; 0 = the header is ignored. */
  readonly trustProxyHops: number;
  /** Where browsers find us; https there is said on every answer. */
  readonly origin: string;
  /** Next's development server: its tools post to paths of their own and upgrade connections. */
  readonly dev: boolean;
  /** Told of what `handle` threw, which it should not. */
  readonly onBug: (error: unknown, requestId: string) => void;
  /** Told of every request when it is over. */
  readonly onAnswer?: ((answered: Answered) => void) | undefined;
  /** Shorter times than those of `limits.ts`, for tests. */
  readonly patience?: Patience;
}

/**
 * The HTTP server around `handle`: refuses what Next would stumble over, tells the application who calls
 * (`exchange.ts`), and bounds time and size. Not listening yet.
 *
 * Once it is closing, every answer says `Connection: close`.
 */
export function createListener(handle: Handler, options: ListenerOptions): Server {
  const always = new Map(Object.entries({ ...NO_SNIFFING, ...transportHeaders(options.origin) }));
  const server = createServer({ ...SERVER_LIMITS, ...options.patience }, (request, response) => {
    response.setHeaders(always);
    beforeHead(response, (status) => {
      if (!options.dev) removeFingerprints(response);
      if (!server.listening) response.setHeader("Connection", "close");
      return status;
    });
    const requestId = requestIdOf(request.headersDistinct["x-request-id"]?.join());
    response.setHeader("X-Request-Id", requestId);
    if (options.onAnswer) watch(request, response, requestId, options.onAnswer);
    serve(request, response, requestId, handle, options).catch((error: unknown) => {
      const isExpected = isAuthError(error);
      if (!isExpected) options.onBug(error, requestId);
      if (response.headersSent) response.destroy();
      else refuseWith(response, isExpected ? error : new AuthError("internal"));
    });
  });
  server.timeout = SILENCE_MILLISECONDS;
  server.on("connect", (_request, socket) => {
    // Node has taken its own listeners and time-outs off this socket
    socket.on("error", () => {});
    const answer = "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nConnection: close\r\n\r\n";
    socket.end(answer, () => socket.destroy());
  });
  return server;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  handle: Handler,
  options: ListenerOptions,
): Promise<void> {
  const screening = screen(request, options.dev);
  switch (screening.verdict) {
    case "malformed":
      response.writeHead(400, { Connection: "close" }).end();
      return;
    case "method":
      return refuse(response, "method_not_allowed", { Allow: screening.allow });
    case "options":
      response.writeHead(204, { Allow: screening.allow }).end();
      return;
    case "unknown":
      return refuse(response, "not_found");
    case "body":
      return refuse(response, "too_large", { Connection: "close" });
    case "pass":
      return pass(request, response, requestId, handle, options);
  }
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  handle: Handler,
  options: ListenerOptions,
): Promise<void> {
  const exchange: Exchange = {
    clientAddress: clientAddress(request, options.trustProxyHops),
    isLocal: isLocalCaller(request),
    hasBody: hasBody(request),
    requestId,
    status: null,
  };
  removeUntrustedHeaders(request);
  beforeHead(response, (status) => {
    // what Next answers by itself, such as a redirect to the path without a trailing slash
    const isRedirect = status === 307 || status === 308;
    if ((isRedirect || isApiPath(request.url ?? "")) && !response.hasHeader("Cache-Control")) {
      response.setHeader("Cache-Control", "no-store");
    }
    return status === 200 ? (exchange.status ?? status) : status;
  });
  guardBody(request, response, SWALLOWED_BODY_BYTES, () => {
    if (response.headersSent) response.destroy();
    else refuse(response, "too_large", { Connection: "close" });
  });
  await requireCapacity(request);
  await runExchange(exchange, () => handle(request, response));
}
