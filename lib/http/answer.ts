import type { AuthError } from "@/lib/auth/errors";
import { API_HEADERS } from "./security-headers";

/** Headers of answers under `/api`, errors included. */
const UNCACHED = { ...API_HEADERS, "Cache-Control": "no-store", Pragma: "no-cache" } as const;

const UNCACHED_JSON = { ...UNCACHED, "Content-Type": "application/json" } as const;

/** A JSON answer that no cache keeps. Not by `Response.json`, which takes half as long again. */
export function json(body: unknown, status = 200): Response {
  const text = JSON.stringify(body);
  const answer: Answer = new Response(text, { status, headers: UNCACHED_JSON });
  answer[TEXT] = text;
  return answer;
}

/** One name for it in all module graphs. */
const TEXT = Symbol.for("latchkey.text");
type Answer = Response & { [TEXT]?: string };

/**
 * What `json` was given, for a server that writes it as it is: to read it from the stream that a `Response` makes of it
 * takes longer than everything else about an answer. Null for any other answer, whose `body` says what there is.
 */
export function textOf(answer: Answer): string | null {
  return answer[TEXT] ?? null;
}

/** A JSON answer that is the same for everybody, and that every cache may keep. */
export function publicJson(body: unknown, maxAgeSeconds: number): Response {
  const headers = { ...API_HEADERS, "Cache-Control": `public, max-age=${maxAgeSeconds}` };
  return Response.json(body, { headers });
}

/** An answer in text of this media type that no cache keeps. */
export function plain(body: string, mediaType: string): Response {
  return new Response(body, { headers: { ...UNCACHED, "Content-Type": mediaType } });
}

/** An answer without a body that no cache keeps. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...UNCACHED, ...headers } });
}

/** "See other": the answer to a form that was posted without JavaScript. `path` is a path of ours, ASCII. */
export function seeOther(path: string): Response {
  return empty(303, { Location: path });
}

/** An expected failure as the wire shows it: `detail` for people, `error` for programs, never the input. */
export function errorResponse(error: AuthError): Response {
  const { issues, retryAfterSeconds } = error.facts;
  const response = json({ detail: issues ?? error.detail, error: error.error }, error.status);
  const challenge = challengeOf(error);
  if (challenge !== null) response.headers.set("WWW-Authenticate", challenge);
  if (error.status === 429 || error.status === 503) {
    response.headers.set("Retry-After", String(Math.max(1, Math.ceil(retryAfterSeconds ?? 1))));
  }
  return response;
}

/** @see RFC 6750 section 3 */
function challengeOf({ code, status, error, facts }: AuthError): string | null {
  if (code === "insufficient_scope") return 'Bearer error="insufficient_scope"';
  if (status !== 401) return null;
  if (code !== "invalid_token") return "Bearer";
  const description = facts.description ?? "The access token is invalid";
  return `Bearer error="${error}", error_description="${description}"`;
}
