import type { Latchkey } from "./latchkey";

/** One line of a server's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/**
 * Everything a server has written so far, line by line, both streams.
 *
 * @throws SyntaxError when something in it is no JSON line
 */
export function linesOf(app: Latchkey): readonly LogLine[] {
  const complete = app.logs().split("\n").slice(0, -1);
  return complete.map((line) => JSON.parse(line));
}

/** The lines of one event, in their order. */
export const told = (app: Latchkey, event: string) =>
  linesOf(app).filter((line) => line.event === event);
