import type { IncomingMessage } from "node:http";

const API_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Forms post to `/api`, so a page takes no body; a Server Action would need POST here. */
const PAGE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * What our server does with a request before a handler or Next sees it:
 * - `pass`: hands it on;
 * - `malformed`: a target that is no path, more than one `Host` (RFC 9112 section 3.2), or a WebSocket;
 * - `method`: nothing here answers this method; Next would answer some of them with 500;
 * - `options`: says what a page allows, which Next does not;
 * - `body`: a body sent to a page;
 * - `unknown`: a path below `/api` whose encoding is broken, which Next answers with 500, and paths of Next's own that
 *   lead to nothing we have.
 */
export type Screening =
  | { readonly verdict: "pass" | "malformed" | "body" | "unknown" }
  | { readonly verdict: "method" | "options"; readonly allow: string };

type Head = Pick<IncomingMessage, "method" | "url" | "headersDistinct">;

/**
 * Judges the head of a request. Pure. With `dev`, the paths of Next's own tools are left to Next.
 * Does NOT check what belongs to one endpoint: its methods, the media type, the size of the body.
 */
export function screen(request: Head, dev = false): Screening {
  const { method = "", url = "", headersDistinct: headers } = request;
  if (dev && /^\/_(?:next\/|_nextjs)/.test(url)) return { verdict: "pass" };
  if (!url.startsWith("/") || (headers.host?.length ?? 0) > 1) return { verdict: "malformed" };
  if (/websocket/i.test(headers.upgrade?.join() ?? "")) return { verdict: "malformed" };
  if (/^\/+_(?!next\/static\/)/.test(url)) return { verdict: "unknown" };
  const isApi = isApiPath(url);
  const methods = isApi ? API_METHODS : PAGE_METHODS;
  const allow = methods.join(", ");
  if (!methods.includes(method)) return { verdict: "method", allow };
  if (isApi) return { verdict: isWellEncoded(url) ? "pass" : "unknown" };
  if (method === "OPTIONS") return { verdict: "options", allow };
  return { verdict: hasBody(request) ? "body" : "pass" };
}

/** Whether a body follows the head, which in HTTP/1.1 says so or there is none. @see RFC 9112 section 6.3 */
export function hasBody({ headersDistinct: headers }: Pick<Head, "headersDistinct">): boolean {
  return (headers["content-length"] ?? ["0"])[0] !== "0" || "transfer-encoding" in headers;
}

/** Whether a path is one below `/api`: the lane's. Next folds repeated slashes, so they count as one. */
export function isApiPath(url: string): boolean {
  return /^\/+api(?:[/?#]|$)/.test(url);
}

function isWellEncoded(url: string): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
