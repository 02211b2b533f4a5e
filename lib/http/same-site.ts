import { AuthError } from "@/lib/auth/errors";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a request that a page of another site made a browser send. The browser's own word (`Sec-Fetch-Site`)
 * decides, else `Origin`; neither means that no browser sent it. Requests by safe methods pass: they change nothing.
 *
 * @throws AuthError `cross_site`
 * @see Go's http.CrossOriginProtection, the same rule
 */
export function requireSameSite(request: Request, origin: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  if (site === "same-site" || site === "cross-site") throw new AuthError("cross_site");
  const sender = request.headers.get("origin");
  if (sender !== null && sender.toLowerCase() !== origin) throw new AuthError("cross_site");
}

/** Whether a script in a page, and not a program of its own, seems to have sent this. */
export function isFromPage(request: Request): boolean {
  return request.headers.has("origin") || request.headers.has("sec-fetch-site");
}
