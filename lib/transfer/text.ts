import type { Readable } from "node:stream";

/** A file that cannot be read as what it should be; one sentence, which holds nothing of the file. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** The text of a stream of bytes, without a byte order mark. @throws UnreadableFile where it is not UTF-8 */
export async function* textOf(bytes: Readable | Iterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableFile("The file is not UTF-8. Save it as UTF-8 and try again.");
  }
}

/** Lines with their ends: joined they are the text again. At `\n` alone: names may hold other separators. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of text) {
    const parts = chunk.split("\n");
    parts[0] = rest + parts[0];
    rest = parts.pop() ?? "";
    for (const part of parts) yield `${part}\n`;
  }
  if (rest !== "") yield rest;
}
