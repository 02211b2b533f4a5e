import { randomUUID } from "node:crypto";
import type { AuthContext } from "@/lib/auth/context";
import { AuthError, isAuthError } from "@/lib/auth/errors";
import type { Client } from "@/lib/auth/session";
import { log } from "@/lib/log";
import { auth } from "@/lib/server";
import { empty, errorResponse } from "./answer";
import { type Fields, readBody } from "./body";
import type { CookieJar } from "./cookies";
import { currentExchange } from "./exchange";
import { requireSameSite } from "./same-site";

/** One call of an endpoint: what was asked, by whom, and the cookies the answer will carry. */
export interface Call {
  readonly request: Request;
  readonly context: AuthContext;
  readonly client: Client;
  readonly params: Readonly<Record<string, string>>;
  /** Set on the answer whatever becomes of it, success or error. */
  readonly jar: CookieJar;
  /** Headers of the answer whatever becomes of it. */
  readonly headers: Headers;
  /** The body, read once. @throws AuthError as `readBody` */
  body(): Promise<Fields>;
}

export type Handler = (call: Call) => Promise<Response>;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
type Segment = { readonly params: Promise<Record<string, string | string[] | undefined>> };
type Endpoint = (request: Request, segment?: Segment) => Promise<Response>;

const USER_AGENT_MAX_CHARACTERS = 400;

/**
 * Makes the exports of a `route.ts` from its handlers: the only try/catch, the cross-site rule, 405 with `Allow`,
 * HEAD by GET, OPTIONS, request ids, `no-store`. A bug becomes a 500 whose id is in the log.
 */
export function route(
  handlers: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>>,
): Record<Method, Endpoint> {
  const allow = METHODS.filter(
    (method) => method === "OPTIONS" || (method === "HEAD" ? handlers.GET : pick(handlers, method)),
  ).join(", ");

  const endpoint: Endpoint = async (request, segment) => {
    const requestId = requestIdOf(request);
    const headers = new Headers({ "X-Request-Id": requestId });
    const jar: CookieJar = [];
    let answer: Response;
    try {
      answer = await perform(request, segment, headers, jar, requestId);
    } catch (thrown) {
      answer = errorResponse(asAuthError(thrown, requestId));
    }
    for (const [name, value] of headers) answer.headers.set(name, value);
    for (const cookie of jar) answer.headers.append("Set-Cookie", cookie);
    return request.method === "HEAD" ? new Response(null, answer) : answer;
  };

  async function perform(
    request: Request,
    segment: Segment | undefined,
    headers: Headers,
    jar: CookieJar,
    requestId: string,
  ): Promise<Response> {
    if (request.method === "OPTIONS") return empty(204, { Allow: allow });
    const handler = pick(handlers, request.method === "HEAD" ? "GET" : request.method);
    if (handler === undefined) {
      headers.set("Allow", allow);
      throw new AuthError("method_not_allowed");
    }
    const context = await contextOf(request, requestId);
    requireSameSite(request, context.settings.origin);
    let fields: Promise<Fields> | undefined;
    return handler({
      request,
      context,
      client: clientOf(request.headers),
      params: (await segment?.params) as Record<string, string>,
      jar,
      headers,
      body() {
        fields ??= readBody(request);
        return fields;
      },
    });
  }

  return Object.fromEntries(METHODS.map((method) => [method, endpoint])) as Record<
    Method,
    Endpoint
  >;
}

/** Where a request comes from. The address is known under our own server only. */
export function clientOf(headers: Headers): Client {
  const userAgent = headers.get("user-agent");
  return {
    ip: currentExchange()?.clientAddress ?? null,
    // a header is bytes; only what prints is kept
    userAgent: userAgent?.replace(/[^\x20-\x7e]/g, "?").slice(0, USER_AGENT_MAX_CHARACTERS) ?? null,
  };
}

function pick(handlers: Partial<Record<string, Handler>>, method: string): Handler | undefined {
  return Object.hasOwn(handlers, method) ? handlers[method] : undefined;
}

/** The context of the process, with a `report` that knows who asked. */
async function contextOf(request: Request, requestId: string): Promise<AuthContext> {
  const context = await auth();
  const { ip } = clientOf(request.headers);
  return { ...context, report: (event) => context.report({ ...event, requestId, ip }) };
}

/** The caller's own id if it is harmless, so that its log and ours can be laid side by side. */
function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}

function asAuthError(thrown: unknown, requestId: string): AuthError {
  if (isAuthError(thrown)) {
    if (thrown.status === 503)
      log().error({ event: "unavailable", requestId, err: thrown.facts.cause });
    return thrown;
  }
  log().error({ event: "bug", requestId, err: thrown });
  return new AuthError("internal");
}
