import type { Shot } from "../support/connection";

/** One kind of request, as every client sends it but for its cookies and headers. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A cookie that every answer must change, or it counts as a failure. */
  readonly rotates?: string;
  /** What stands in every body, or the answer counts as a failure. */
  readonly mustSay?: string;
  /** The name of who asks stands in every body, too. */
  readonly mustName?: boolean;
  /** Cookies of answers are not kept: each request is that of a new visitor. */
  readonly forgets?: boolean;
}

/** A shot in these words: its body as JSON. */
export function requestOf({ method, path, body, headers }: Shot): Request {
  if (body === undefined) return { method, path, ...(headers && { headers }) };
  const type = { "Content-Type": "application/json" };
  return { method, path, headers: { ...headers, ...type }, body: JSON.stringify(body) };
}

/** Makes the request that shows these cookies, in the characters that are sent. */
export function requestText(
  origin: string,
  { method, path, body, headers: all }: Request,
  own: Readonly<Record<string, string>>,
): (cookieLine: string) => string {
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const headers = { Host: new URL(origin).host, ...all, ...own, ...length };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `${method} ${path} HTTP/1.1\r\n${lines.join("")}`;
  return (cookieLine) => `${start}${cookieLine}\r\n${body ?? ""}`;
}

/** The line of these cookies; empty without any. */
export function cookieLineOf(cookies: ReadonlyMap<string, string>): string {
  const pairs = [...cookies].map((pair) => pair.join("=")).join("; ");
  return pairs === "" ? "" : `Cookie: ${pairs}\r\n`;
}
