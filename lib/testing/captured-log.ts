import { openLog } from "@/lib/log";
import { singleton } from "@/lib/singleton";

/** One line of the log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** What this process has logged. */
export interface CapturedLog {
  /** As it was written, line feeds included. */
  text(): string;
  /** @throws SyntaxError when something in it is no JSON line */
  lines(): readonly LogLine[];
  clear(): void;
}

/** Takes the place of this process's log, at its most talkative. To be called before anything is logged. */
export function captureLog(keep: (line: string) => void = () => {}): CapturedLog {
  let written = "";
  const write = (line: string) => {
    written += line;
    keep(line);
  };
  singleton("log", () => openLog("trace", { write }));
  return {
    text: () => written,
    lines: () =>
      written
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    clear() {
      written = "";
    },
  };
}
