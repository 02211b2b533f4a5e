import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Entry } from "./entries";
import { UnreadableFile } from "./text";

/**
 * The rows of CSV with a header, as objects of texts; an empty cell is null. A row of another number of cells is an
 * entry with the value undefined: nobody knows which is which. Places are the lines on which rows end.
 *
 * @param before how many lines came before
 * @throws UnreadableFile where a quote is never closed, or stands where none may
 */
export async function* csvEntries(
  text: AsyncIterable<string>,
  before: number,
): AsyncGenerator<Entry> {
  const parser = parse({
    columns: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    cast: (cell, { header }) => (cell === "" && !header ? null : cell),
  });
  // an error of either is thrown where the other is read
  const rows = Readable.from(text)
    .on("error", (error) => parser.destroy(error))
    .pipe(parser);
  try {
    for await (const { record, info } of rows) {
      const isWhole = info.error === undefined;
      yield { place: `line ${before + info.lines}`, value: isWhole ? record : undefined };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const where = typeof error.lines === "number" ? ` (line ${before + error.lines})` : "";
    throw new UnreadableFile(
      `The file is neither JSON nor CSV with a header: a quote stays open, or stands where none may${where}.`,
    );
  }
}
