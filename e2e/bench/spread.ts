/** The median of some values with their least and greatest. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of none, all are 0. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const [median = 0, least = 0, most = 0] = [Math.floor(sorted.length / 2), 0, -1].map((index) =>
    sorted.at(index),
  );
  return { median, least, most };
}

/** What the one is of the other, round by round. */
export function ratiosOf(values: readonly number[], divisors: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (divisors[round] ?? Number.NaN)));
}

/** `median (least-most)`. */
export function inWords({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;
}
