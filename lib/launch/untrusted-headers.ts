import type { IncomingMessage } from "node:http";

/** Headers that claim something about the connection, or that Next uses to talk to itself. */
const PREFIXES = [
  "x-forwarded-",
  "x-middleware-",
  "x-invoke-",
  "x-now-",
  "x-next-",
  "x-prerender-",
  // where Next looks for the nonce of its scripts
  "content-security-policy",
];
const NAMES = [
  "forwarded",
  "x-real-ip",
  "x-matched-path",
  "x-nextjs-data",
  "next-resume",
  "next-router-state-tree",
];

/**
 * Removes what no client may say, from the headers and from what they were made of: a `Request` may be made of either. To
 * be called after the client's address has been read from them.
 */
export function removeUntrustedHeaders({
  headers,
  rawHeaders,
}: Pick<IncomingMessage, "headers" | "rawHeaders">): void {
  const claims = Object.keys(headers).filter(isUntrusted);
  if (claims.length === 0) return;
  for (const name of claims) delete headers[name];
  // name, value, name, value …
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (isUntrusted(rawHeaders[at]?.toLowerCase() ?? "")) rawHeaders.splice(at, 2);
  }
}

function isUntrusted(name: string): boolean {
  return NAMES.includes(name) || PREFIXES.some((prefix) => name.startsWith(prefix));
}
