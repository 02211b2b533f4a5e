/** Where a signed-in visitor goes when nobody said where. */
const HOME = "/dashboard";

/** Not pages, or pages that would only send back here. */
const NOT_PAGES = /^\/(api|_next|login|logout|\.well-known)(?:[/?#]|$)/i;

/** Any origin does: only whether a path leaves it matters. */
const HERE = "http://latchkey.invalid";
const MAX_CHARACTERS = 2048;

/**
 * `next` made safe to send somebody to: a path of a page of ours, ASCII, else `/dashboard`. What is returned is
 * checked the same way as what came in: `/.//evil.example` is a path until it is normalised.
 */
export function safeNext(value: unknown): string {
  if (typeof value !== "string" || value.length > MAX_CHARACTERS) return HOME;
  const path = pathWithin(value);
  return path !== null && pathWithin(path) === path && isPage(path) ? path : HOME;
}

/** Encoded letters are letters: `/%61pi` is no page either. */
function isPage(path: string): boolean {
  try {
    return !NOT_PAGES.test(decodeURI(path));
  } catch {
    return !NOT_PAGES.test(path);
  }
}

/** The path and query that a browser would go to, if it stays here. */
function pathWithin(value: string): string | null {
  if (!/^\/(?![/\\])/.test(value) || !URL.canParse(value, HERE)) return null;
  const { origin, pathname, search, hash } = new URL(value, HERE);
  const isPlain = !pathname.startsWith("//") && !pathname.includes("\\");
  return origin === HERE && isPlain ? `${pathname}${search}${hash}` : null;
}

/** The login page, which comes back to `next` afterwards. `reason` or `error` say why somebody is there. */
export function loginPath(
  next: unknown,
  say: { readonly reason?: string; readonly error?: string } = {},
): `/login?${string}` {
  return `/login?${new URLSearchParams({ ...say, next: safeNext(next) })}`;
}
