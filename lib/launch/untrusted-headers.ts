import type { IncomingHttpHeaders } from "node:http";

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

/** Removes what no client may say. To be called after the client's address has been read from them. */
export function removeUntrustedHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) {
    if (NAMES.includes(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) {
      delete headers[name];
    }
  }
}
