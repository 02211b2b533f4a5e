import type { Instant } from "@/lib/clock";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * `22 Nov 2026, 07:31 UTC` from ISO 8601 in UTC. Cut from the text, not formatted by a library: the server and
 * every browser must write the same. Does NOT check that it is a time.
 */
export function utcText(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${iso.slice(11, 16)} UTC`;
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** `3 hours ago`. Less than a minute, or a time that the browser's clock has yet to reach, is `just now`. */
export function agoText(iso: string, now: Instant): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  for (const [unit, unitSeconds] of UNITS) {
    const count = Math.floor(seconds / unitSeconds);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
