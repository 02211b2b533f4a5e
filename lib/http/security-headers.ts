/** The response headers that tell a browser what it must not do. None of them protects against other programs. */

type HeaderTable = Readonly<Record<string, string>>;

/** On every answer, whatever it is and whoever made it. */
export const NO_SNIFFING: HeaderTable = { "X-Content-Type-Options": "nosniff" };

/** Of files, and of pages beside `pageHeaders`: no other site may embed or read them. */
export const FILE_HEADERS: HeaderTable = {
  ...NO_SNIFFING,
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Of answers under `/api`, which are data: as a document such an answer can do nothing at all. */
export const API_HEADERS: HeaderTable = {
  ...FILE_HEADERS,
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
};

/** Seconds; two years. */
const HTTPS_ONLY_SECONDS = 63_072_000;

/** For an https `origin`: browsers use https for it and its sub-domains from now on. Nothing on plain http. */
export function transportHeaders(origin: string): HeaderTable {
  if (!origin.startsWith("https:")) return {};
  return { "Strict-Transport-Security": `max-age=${HTTPS_ONLY_SECONDS}; includeSubDomains` };
}

interface PagePolicy {
  /** Of this answer alone, 128 random bits; what carries it may run. */
  readonly nonce: string;
  readonly origin: string;
  /** Next's development server, whose tools evaluate text, bring styles of their own and hold a WebSocket. */
  readonly dev: boolean;
}

/** Of pages, in addition to `FILE_HEADERS`. */
export function pageHeaders(policy: PagePolicy) {
  return {
    ...transportHeaders(policy.origin),
    "Content-Security-Policy": contentSecurityPolicy(policy),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    // not no-referrer: with that, older browsers post our own forms with `Origin: null`
    "Referrer-Policy": "same-origin",
    // for browsers that do not know frame-ancestors
    "X-Frame-Options": "DENY",
  } as const satisfies HeaderTable;
}

/** What is not named falls under `default-src`: no frames, workers, plug-ins, media. @see W3C CSP Level 3 */
function contentSecurityPolicy({ nonce, origin, dev }: PagePolicy): string {
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "manifest-src 'self'",
    // by default what script-src allows
    "worker-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (origin.startsWith("https:")) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}

/** Everything off that browsers ask people for or that a page could be misused for; we use none of it. */
const PERMISSIONS = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "usb",
  "window-management",
  "xr-spatial-tracking",
]
  .map((feature) => `${feature}=()`)
  .join(", ");
