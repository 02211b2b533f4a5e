const EARLY_SHARE = 0.8;
const EARLY_JITTER = 0.1;
const EARLY_LEAST_MS = 1_000;

const BACK_OFF_FIRST_MS = 2_000;
const BACK_OFF_MOST_MS = 30_000;
/** A longer `Retry-After` than this is a mistake, or a wait that a user should end by coming back. */
const RETRY_AFTER_MOST_MS = 300_000;
const RETRY_AFTER_JITTER = 0.1;

/**
 * Milliseconds until a token with `remainingSeconds` to live is renewed: about 80 % of them, ±10 % so that clients
 * that started together do not stay together. At least one second, whatever a server says.
 */
export function earlyDelayMs(remainingSeconds: number, random: () => number): number {
  const jitter = 1 + EARLY_JITTER * (2 * random() - 1);
  return Math.max(EARLY_LEAST_MS, remainingSeconds * 1000 * EARLY_SHARE * jitter);
}

/**
 * Milliseconds to wait after `failures` (from 1) failures in a row: doubling from 2 s up to 30 s, of which the upper
 * half is chance. A longer `retryAfterSeconds` wins, with up to a tenth added.
 */
export function backOffMs(
  failures: number,
  retryAfterSeconds: number | null,
  random: () => number,
): number {
  const ceiling = Math.min(BACK_OFF_MOST_MS, BACK_OFF_FIRST_MS * 2 ** (failures - 1));
  const wait = ceiling * (0.5 + 0.5 * random());
  const asked = Math.min(RETRY_AFTER_MOST_MS, (retryAfterSeconds ?? 0) * 1000);
  return Math.max(wait, asked * (1 + RETRY_AFTER_JITTER * random()));
}
