const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a page of another site made a browser send this. The browser's own word (`Sec-Fetch-Site`) decides, else
 * `Origin`; neither means that no browser sent it. Requests by safe methods are not: they change nothing.
 *
 * @see Go's http.CrossOriginProtection, the same rule
 */
export function isCrossSite({ method, headers }: Request, origin: string): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return false;
  if (site === "same-site" || site === "cross-site") return true;
  const sender = headers.get("origin");
  return sender !== null && sender.toLowerCase() !== origin;
}

/** Whether a script in a page, and not a program of its own, seems to have sent this. */
export function isFromPage(request: Request): boolean {
  return request.headers.has("origin") || request.headers.has("sec-fetch-site");
}
