import type { AuthError } from "@/lib/auth/errors";
import { API_HEADERS } from "./security-headers";

/** Headers of answers under `/api`, errors included. */
const UNCACHED = { ...API_HEADERS, "Cache-Control": "no-store", Pragma: "no-cache" } as const;

const JSON_TYPE = { "Content-Type": "application/json" } as const;
const UNCACHED_JSON = { ...UNCACHED, ...JSON_TYPE } as const;

/**
 * What an endpoint answers. Not a `Response` yet: that makes a stream of the text, which takes longer than everything
 * else about an answer, and a server that writes the text itself needs none.
 */
export interface Answer {
  readonly status: number;
  /** By name, in the spelling of their documents. Several values are several lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | null;
}

/** The same as the platform has it. */
export function toResponse(answer: Answer | Response): Response {
  if (answer instanceof Response) return answer;
  const { status, headers, body } = answer;
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line): [string, string] => [name, line]),
  );
  return new Response(body, { status, headers: lines });
}

/** A JSON answer that no cache keeps. */
export function json(body: unknown, status = 200): Answer {
  return { status, headers: UNCACHED_JSON, body: JSON.stringify(body) };
}

/** A JSON answer that is the same for everybody, and that every cache may keep. */
export function publicJson(body: unknown, maxAgeSeconds: number): Answer {
  const cached = { "Cache-Control": `public, max-age=${maxAgeSeconds}` };
  const headers = { ...API_HEADERS, ...JSON_TYPE, ...cached };
  return { status: 200, headers, body: JSON.stringify(body) };
}

/** An answer in text of this media type that no cache keeps. */
export function plain(body: string, mediaType: string): Answer {
  return { status: 200, headers: { ...UNCACHED, "Content-Type": mediaType }, body };
}

/** An answer without a body that no cache keeps. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...UNCACHED, ...headers }, body: null };
}

/** "See other": the answer to a form that was posted without JavaScript. `path` is a path of ours, ASCII. */
export function seeOther(path: string): Answer {
  return empty(303, { Location: path });
}

/** An expected failure as the wire shows it: `detail` for people, `error` for programs, never the input. */
export function errorAnswer(error: AuthError): Answer {
  const { issues, retryAfterSeconds } = error.facts;
  const answer = json({ detail: issues ?? error.detail, error: error.error }, error.status);
  const headers: Record<string, string> = { ...UNCACHED_JSON };
  const challenge = challengeOf(error);
  if (challenge !== null) headers["WWW-Authenticate"] = challenge;
  if (error.status === 429 || error.status === 503) {
    headers["Retry-After"] = String(Math.max(1, Math.ceil(retryAfterSeconds ?? 1)));
  }
  return { ...answer, headers };
}

/** @see RFC 6750 section 3 */
function challengeOf({ code, status, error, facts }: AuthError): string | null {
  if (code === "insufficient_scope") return 'Bearer error="insufficient_scope"';
  if (status !== 401) return null;
  if (code !== "invalid_token") return "Bearer";
  const description = facts.description ?? "The access token is invalid";
  return `Bearer error="${error}", error_description="${description}"`;
}
