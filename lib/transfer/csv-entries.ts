import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Entry } from "./entries";
import { UnreadableFile } from "./text";

/**
 * The rows of CSV with a header, as objects of texts; an empty cell is null. Places are the lines on which rows end.
 *
 * @param before how many lines came before
 * @throws UnreadableFile where a row has another number of cells, or a quote is never closed
 */
export async function* csvEntries(
  text: AsyncIterable<string>,
  before: number,
): AsyncGenerator<Entry> {
  const parser = parse({
    columns: true,
    info: true,
    skip_empty_lines: true,
    cast: (cell, { header }) => (cell === "" && !header ? null : cell),
  });
  // an error of either is thrown where the other is read
  const rows = Readable.from(text)
    .on("error", (error) => parser.destroy(error))
    .pipe(parser);
  try {
    for await (const { record, info } of rows) {
      yield { place: `line ${before + info.lines}`, value: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const where = typeof error.lines === "number" ? ` (line ${before + error.lines})` : "";
    throw new UnreadableFile(
      `The file is neither JSON nor CSV with a header: a row has more or fewer cells than that, or a quote stays open${where}.`,
    );
  }
}
