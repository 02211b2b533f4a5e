/** The median of some values with their least and greatest. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of none, all are 0. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number) => sorted.at(index) ?? 0;
  const middle = (sorted.length - 1) / 2;
  const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
  return { median, least: at(0), most: at(-1) };
}

/** What the one is of the other, round by round. */
export function ratiosOf(values: readonly number[], divisors: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (divisors[round] ?? Number.NaN)));
}

/** `median (least-most)`. */
export function inWords({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;
}
