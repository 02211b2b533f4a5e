import type { Measured } from "./load";

type Figure = keyof Pick<Measured, "requestsPerSecond" | "p50Milliseconds" | "p99Milliseconds">;

/** One line of the table: the median of the rounds, and their smallest and largest in brackets. */
export function line(name: string, rounds: readonly Measured[]): string {
  const column = (figure: Figure, digits: number) =>
    spread(
      rounds.map((round) => round[figure]),
      digits,
    );
  return [
    name.padEnd(26),
    column("requestsPerSecond", 0).padEnd(22),
    column("p50Milliseconds", 1).padEnd(20),
    column("p99Milliseconds", 1),
  ].join(" ");
}

export const HEADING = `${"".padEnd(26)} ${"requests/s".padEnd(22)} ${"p50 ms".padEnd(20)} p99 ms`;

function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((one, other) => one - other);
  const [median, least, most] = [Math.floor(sorted.length / 2), 0, -1].map((index) =>
    (sorted.at(index) ?? 0).toFixed(digits),
  );
  return `${median} (${least}-${most})`;
}
