import { isIP } from "node:net";

/** Whether this is an origin and nothing more: scheme, host and perhaps a port. */
export function parseOrigin(given: string): URL | null {
  const url = URL.canParse(given) ? new URL(given) : null;
  const isBare = url !== null && url.href === `${url.origin}/`;
  return isBare && /^https?:$/.test(url.protocol) ? url : null;
}

/** Whether a host is this machine itself, where browsers treat http as secure. @see W3C Secure Contexts section 3.1 */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host.endsWith(".localhost") || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
