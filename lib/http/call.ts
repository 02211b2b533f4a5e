import type { AuthContext } from "@/lib/auth/context";
import type { Client } from "@/lib/auth/session";
import { auth } from "@/lib/server";
import { type Fields, readBody } from "./body";
import { type CookieJar, readDeviceCookie } from "./cookies";
import { currentExchange } from "./exchange";
import { requestIdOf } from "./request-id";

/** What the answer to a call carries whatever becomes of it, success or error. */
export interface Reply {
  readonly jar: CookieJar;
  /** By name, in the spelling of their documents. */
  readonly headers: Record<string, string>;
  /** Stands in the answer and in every line of the log that this call writes. */
  readonly requestId: string;
}

/** One call of an endpoint: what was asked, by whom, and what the answer will carry. */
export interface Call extends Reply {
  readonly request: Request;
  readonly context: AuthContext;
  readonly client: Client;
  /** The variable parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** The body, read once. @throws AuthError as `readBody` */
  body(): Promise<Fields>;
}

/** What a route handler is handed beside the request. */
export interface Segment {
  readonly params: Promise<Record<string, string | string[] | undefined>>;
}

const USER_AGENT_MAX_CHARACTERS = 400;

/** The empty reply to a request. */
export function openReply({ headers }: Request): Reply {
  const requestId = currentExchange()?.requestId ?? requestIdOf(headers.get("x-request-id"));
  return { jar: [], headers: { "X-Request-Id": requestId }, requestId };
}

/** Everything a handler needs of a request; its `report` knows who asked. */
export async function openCall(
  request: Request,
  segment: Segment | undefined,
  reply: Reply,
): Promise<Call> {
  const client = clientOf(request.headers);
  const context = askedBy(client, await auth(), reply.requestId);
  const params = segment === undefined ? {} : await segment.params;
  let fields: Promise<Fields> | undefined;
  return {
    ...reply,
    request,
    context,
    client,
    params: params as Record<string, string>,
    body() {
      fields ??= readBody(request);
      return fields;
    },
  };
}

/** The context of the process, with a `report` that says who asked. */
export async function contextFor(client: Client, requestId?: string): Promise<AuthContext> {
  return askedBy(client, await auth(), requestId);
}

function askedBy({ ip }: Client, context: AuthContext, requestId?: string): AuthContext {
  const asker = requestId === undefined ? { ip } : { ip, requestId };
  return { ...context, report: (event) => context.report({ ...event, ...asker }) };
}

/** Where a request comes from. The address is known under our own server only. */
export function clientOf(headers: Headers): Client {
  const userAgent = headers.get("user-agent");
  return {
    ip: currentExchange()?.clientAddress ?? null,
    device: readDeviceCookie(headers.get("cookie")),
    // a header is bytes; only what prints is kept
    userAgent: userAgent?.replace(/[^\x20-\x7e]/g, "?").slice(0, USER_AGENT_MAX_CHARACTERS) ?? null,
  };
}
