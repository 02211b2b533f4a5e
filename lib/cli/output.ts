import { once } from "node:events";

/** What a command answers, field by field; in text a null is a dash. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** How a command answers: for people, or one line of JSON for each thing. */
export interface Format {
  readonly json?: boolean;
}

export const JSON_OPTION = ["--json", "answer in JSON, one line a thing"] as const;

/** Writes data to stdout, as fast as its reader takes it. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Says something to a person: on stderr, beside the data. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** One thing: a line of JSON, or a line a field. */
export async function printRow(row: Row, { json }: Format): Promise<void> {
  if (json) return writeOut(`${JSON.stringify(row)}\n`);
  const width = Math.max(...Object.keys(row).map((name) => name.length));
  const lines = Object.entries(row).map(
    ([name, value]) => `${name.padEnd(width)}  ${textOf(value)}\n`,
  );
  await writeOut(lines.join(""));
}

/**
 * Any number of things, a batch at a time: a line of JSON each, or a table. A table is as wide as its first batch needs;
 * what is longer later stands out.
 */
export async function printRows(
  batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  { json }: Format,
): Promise<void> {
  let widths: readonly number[] | null = null;
  for await (const rows of batches) {
    const [first] = rows;
    if (first === undefined) continue;
    if (json) {
      await writeOut(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
      continue;
    }
    const texts = rows.map((row) => Object.values(row).map(textOf));
    if (widths === null) {
      texts.unshift(Object.keys(first));
      widths = Object.keys(first).map((_, column) =>
        Math.max(...texts.map((cells) => cells[column]?.length ?? 0)),
      );
    }
    await writeOut(texts.map((cells) => `${aligned(cells, widths ?? [])}\n`).join(""));
  }
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join("  ")
    .trimEnd();
}

/** Somebody else may have chosen it: nothing in it moves the cursor or turns the line around. */
function textOf(value: Row[string]): string {
  return value === null ? "-" : String(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
