/** A test that claims to show requirements: a comment `// bar 64, 65` directly above it. */
export interface Tag {
  readonly rows: readonly string[];
  readonly file: string;
  /** Where the test begins. */
  readonly line: number;
  /** Where the next test of the file begins: a table may be long, and its cases are reported at its end. */
  readonly endLine: number;
  /** Null when it is no plain text. */
  readonly title: string | null;
}

/** A tag that no test follows. */
export interface StrayTag {
  readonly file: string;
  readonly line: number;
}

const COMMENT = /^\s*\/\//;
const TAG = /^\s*\/\/ bar ((?:F?\d+)(?:, F?\d+)*)$/;
const LIKE_A_TAG = /^\s*\/\/\s*(?:bar\b|F\d)/;
const TEST = /^\s*test(?:\.(?:each|for|prop|concurrent|sequential))*\(/;
const TITLE = /^\s*(?:test\()?"((?:[^"\\]|\\.)*)"/;

/**
 * The tags of a source file. Comment lines may stand between a tag and its test, nothing else. A comment that only
 * looks like a tag is a stray one, so that a slip of the pen is not overlooked.
 */
export function findTags(
  file: string,
  source: string,
): { readonly tags: readonly Tag[]; readonly strays: readonly StrayTag[] } {
  const lines = source.split(/\r?\n/);
  const tags: Tag[] = [];
  const strays: StrayTag[] = [];
  for (const [index, text] of lines.entries()) {
    if (!LIKE_A_TAG.test(text)) continue;
    const rows = TAG.exec(text)?.[1]?.split(", ");
    const testIndex = lines.findIndex((line, at) => at > index && !COMMENT.test(line));
    const first = lines[testIndex] ?? "";
    if (rows === undefined || !TEST.test(first)) {
      strays.push({ file, line: index + 1 });
      continue;
    }
    const nextIndex = lines.findIndex((line, at) => at > testIndex && TEST.test(line));
    tags.push({
      rows,
      file,
      line: testIndex + 1,
      endLine: nextIndex === -1 ? lines.length + 1 : nextIndex + 1,
      title: titleOf(first, lines[testIndex + 1] ?? ""),
    });
  }
  return { tags, strays };
}

/** On the line of the test, or alone on the next one. */
function titleOf(first: string, second: string): string | null {
  const isOpen = /^\s*test\($/.test(first);
  const written = TITLE.exec(isOpen ? second : first)?.[1];
  return written === undefined ? null : JSON.parse(`"${written}"`);
}
