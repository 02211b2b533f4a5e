import { AuthError, isAuthError } from "@/lib/auth/errors";
import { empty, errorResponse } from "./answer";
import { type Call, openCall, openReply, type Reply, type Segment } from "./call";
import { tellFailure } from "./failure";
import { isCrossSite } from "./same-site";

export type Handler = (call: Call) => Promise<Response>;

/** The handlers of one path by method; HEAD is answered by GET, OPTIONS and all others by `route`. */
type Handlers = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
type Endpoint = (request: Request, segment?: Segment) => Promise<Response>;

/**
 * Makes the exports of a `route.ts` from its handlers: the only try/catch, the cross-site rule, 405 with `Allow`,
 * HEAD by GET, OPTIONS, request ids, `no-store`. A bug becomes a 500 whose id is in the log.
 */
export function route(handlers: Handlers): Record<Method, Endpoint> {
  const endpoint: Endpoint = async (request, segment) => {
    const reply = openReply(request);
    let answer: Response;
    try {
      answer = await perform(handlers, request, segment, reply);
    } catch (thrown) {
      answer = errorResponse(asAuthError(thrown, reply));
    }
    for (const [name, value] of reply.headers) answer.headers.set(name, value);
    for (const cookie of reply.jar) answer.headers.append("Set-Cookie", cookie);
    return request.method === "HEAD" ? new Response(null, answer) : answer;
  };
  const entries = METHODS.map((method) => [method, endpoint] as const);
  return Object.fromEntries(entries) as Record<Method, Endpoint>;
}

async function perform(
  handlers: Handlers,
  request: Request,
  segment: Segment | undefined,
  reply: Reply,
): Promise<Response> {
  if (request.method === "OPTIONS") return empty(204, { Allow: allowed(handlers) });
  const handler = handlerOf(handlers, request.method);
  if (handler === undefined) {
    reply.headers.set("Allow", allowed(handlers));
    throw new AuthError("method_not_allowed");
  }
  const call = await openCall(request, segment, reply);
  if (isCrossSite(request, call.context.settings.origin)) {
    call.context.report({ event: "malicious_csrf" });
    throw new AuthError("cross_site");
  }
  return handler(call);
}

function handlerOf(handlers: Handlers, method: string): Handler | undefined {
  const key = method === "HEAD" ? "GET" : method;
  return Object.hasOwn(handlers, key) ? handlers[key as keyof Handlers] : undefined;
}

function allowed(handlers: Handlers): string {
  return METHODS.filter((method) => method === "OPTIONS" || handlerOf(handlers, method)).join(", ");
}

function asAuthError(thrown: unknown, { requestId }: Reply): AuthError {
  const isExpected = isAuthError(thrown);
  if (!isExpected || thrown.status === 503) tellFailure(thrown, { requestId });
  return isExpected ? thrown : new AuthError("internal");
}
