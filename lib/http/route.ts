import { AuthError, isAuthError } from "@/lib/auth/errors";
import { type Answer, empty, errorAnswer, toResponse } from "./answer";
import { type Call, openCall, openReply, type Reply, type Segment } from "./call";
import { tellFailure } from "./failure";
import { isCrossSite } from "./same-site";

/** Answers a call: by `answer.ts`, or by a `Response` where there is more to say than a text. */
export type Handler = (call: Call) => Promise<Answer | Response>;

/** The handlers of one path by method; HEAD is answered by GET, OPTIONS and all others by `route`. */
type Handlers = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>>;

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];
/** An export of a `route.ts`. Never rejects. */
export interface Endpoint {
  (request: Request, segment?: Segment): Promise<Response>;
  /** The same, for a server that writes it without a `Response`. */
  readonly answer: (request: Request, segment?: Segment) => Promise<Answer | Response>;
}

/**
 * Makes the exports of a `route.ts` from its handlers: the only try/catch, the cross-site rule, 405 with `Allow`,
 * HEAD by GET, OPTIONS, request ids, `no-store`. A bug becomes a 500 whose id is in the log.
 */
export function route(handlers: Handlers): Record<Method, Endpoint> {
  const answer: Endpoint["answer"] = async (request, segment) => {
    const reply = openReply(request);
    let bare: Answer | Response;
    try {
      bare = await perform(handlers, request, segment, reply);
    } catch (thrown) {
      bare = errorAnswer(asAuthError(thrown, reply));
    }
    return complete(bare, reply, request.method === "HEAD");
  };
  const endpoint: Endpoint = Object.assign(
    async (request: Request, segment?: Segment) => toResponse(await answer(request, segment)),
    { answer },
  );
  const entries = METHODS.map((method) => [method, endpoint] as const);
  return Object.fromEntries(entries) as Record<Method, Endpoint>;
}

async function perform(
  handlers: Handlers,
  request: Request,
  segment: Segment | undefined,
  reply: Reply,
): Promise<Answer | Response> {
  if (request.method === "OPTIONS") return empty(204, { Allow: allowed(handlers) });
  const handler = handlerOf(handlers, request.method);
  if (handler === undefined) {
    reply.headers.Allow = allowed(handlers);
    throw new AuthError("method_not_allowed");
  }
  const call = await openCall(request, segment, reply);
  if (isCrossSite(request, call.context.settings.origin)) {
    call.context.report({ event: "malicious_csrf" });
    throw new AuthError("cross_site");
  }
  return handler(call);
}

/** Adds what every answer to a call carries; the answer to HEAD leaves out the body. */
function complete(bare: Answer | Response, { headers, jar }: Reply, isHead: boolean) {
  if (!(bare instanceof Response)) {
    const { status, body } = bare;
    const all = { ...bare.headers, ...headers, "Set-Cookie": jar };
    return { status, headers: all, body: isHead ? null : body };
  }
  // a copy: the headers of one that somebody fetched cannot be changed
  const response = new Response(isHead ? null : bare.body, bare);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  for (const cookie of jar) response.headers.append("Set-Cookie", cookie);
  return response;
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
