import naughtyStrings from "big-list-of-naughty-strings" with { type: "json" };
import fc from "fast-check";

/** Stands in much of what is sent. An error that holds it has echoed its input. */
export const MARKER = "mArKeR7f3a";

const CURIOUS = [
  "",
  " ",
  "\u0000",
  "\u001b[31m",
  "\r\nSet-Cookie: a=b",
  "\ud800",
  "\udc00\ud800",
  "\ufeff",
  "\u202e",
  "ﬀ＠ﬀ.com",
  "İ@x.com",
  "a@evil.com＠victim.com",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "%00",
  "%zz",
  "../../etc/passwd",
  "' OR 1=1--",
  "{{7*7}}",
  "e\u0301".repeat(300),
  "😀".repeat(300),
  "a".repeat(5000),
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "javascript:alert(1)",
] as const;

/** Any text, and often one that has broken something somewhere. Holds the marker half of the time. */
export const text: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...CURIOUS),
      fc.constantFrom(...naughtyStrings),
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constant("ordinary"),
    ),
    fc.constantFrom("", MARKER),
  )
  .map(([curious, marker]) => curious + marker);

/** What JSON may hold in place of a text. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1e308, 2 ** 53, [], {}, [MARKER, MARKER]),
  fc.constantFrom({ $gt: "" }, { toString: MARKER }, { length: 1e9 }, [[[[MARKER]]]]),
  fc.jsonValue({ maxDepth: 3 }),
);

/** What a header may hold: bytes, but for those that end it. */
export const headerValue: fc.Arbitrary<string> = text.map((value) =>
  Buffer.from(value)
    .toString("latin1")
    .replace(/[\0\r\n]/g, "?"),
);

/** Null but for this share of the time. */
export const seldom = <Value>(
  share: number,
  arbitrary: fc.Arbitrary<Value>,
): fc.Arbitrary<Value | null> =>
  fc.oneof(
    { weight: Math.round(100 * (1 - share)), arbitrary: fc.constant(null) },
    { weight: Math.round(100 * share), arbitrary },
  );
