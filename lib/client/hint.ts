/** What became of the hint since it was read: another generation of the same session, none, or another session's. */
export type HintChange = "same" | "moved" | "gone" | "other";

/** The part of a hint that names its session. Does NOT check the form: a hint is a change signal, never a proof. */
export function sessionOf(hint: string): string {
  const end = hint.lastIndexOf(".");
  return end === -1 ? hint : hint.slice(0, end);
}

/** Compares the hint that something stands for with the one in the cookie jar now. */
export function compareHints(before: string | null, now: string | null): HintChange {
  if (before === now) return "same";
  if (now === null) return "gone";
  return before !== null && sessionOf(before) === sessionOf(now) ? "moved" : "other";
}

/** The value of the cookie called `name` in a `document.cookie`; null for none or an empty one. */
export function readCookie(cookies: string, name: string): string | null {
  const pair = cookies.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) || null;
}
