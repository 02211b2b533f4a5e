/** A test that claims to show requirements: a comment `// bar 64, 65` directly above it. */
export interface Tag {
  readonly rows: readonly string[];
  readonly file: string;
  /** Where the test begins. */
  readonly line: number;
  /** Where the next test of the file begins: a table may be long, and its cases are reported at its end. */
  readonly endLine: number;
  /** As it is written, placeholders and all; null when it is no plain text. */
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
const TITLE = /^\s*test\(\s*"((?:[^"\\]|\\.)*)"/;
const TITLE_OF_TABLE = /\)\(\s*"((?:[^"\\]|\\.)*)"/;

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
      title: titleOf(lines.slice(testIndex, nextIndex === -1 ? undefined : nextIndex).join("\n")),
    });
  }
  return { tags, strays };
}

/** The first text after `test(`, or after the table of `test.each(…)(`. */
function titleOf(source: string): string | null {
  const written = (/^\s*test\(/.test(source) ? TITLE : TITLE_OF_TABLE).exec(source)?.[1];
  return written?.replace(/\\(["\\])/g, "$1") ?? null;
}
