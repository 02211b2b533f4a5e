import { singleton } from "@/lib/singleton";

/** Milliseconds since 1970-01-01T00:00Z. Every `…At` in this project is one. */
export type Instant = number;

/** Where the time comes from. Everything that depends on the time takes one of these. */
export interface Clock {
  now(): Instant;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The clock of this process: the machine's, or the database's as far as an offset to it was measured. */
export interface SharedClock extends Clock {
  /** Database time minus the machine's, in milliseconds. */
  offset: number;
}

/** The one clock of this process, shared by pages, handlers and `proxy.ts`. */
export function sharedClock(): SharedClock {
  return singleton("clock", () => ({
    offset: 0,
    now() {
      return systemClock.now() + this.offset;
    },
  }));
}

/** Whole and fractional seconds from `from` to `to`; a clock that went backwards counts as 0. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, to - from) / 1000;
}

/** `instant` moved by `seconds`. */
export function addSeconds(instant: Instant, seconds: number): Instant {
  return instant + seconds * 1000;
}

/** ISO 8601 in UTC, as the wire wants it. */
export function isoTime(instant: Instant): string {
  return new Date(instant).toISOString();
}
