/** One that served for so long ended by chance, and not because it cannot run. */
export const SETTLED_MS = 10_000;

const LONGEST_MS = 30_000;

/**
 * Milliseconds to wait before a process is started again, after so many in a row that ended soon: none at first, then
 * 1 s, 2 s, 4 s … 30 s. Pure.
 */
export function backOffMs(quickEnds: number): number {
  return quickEnds <= 1 ? 0 : Math.min(1000 * 2 ** (quickEnds - 2), LONGEST_MS);
}
