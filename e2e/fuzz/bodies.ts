import fc from "fast-check";
import type { FieldKind, Operation } from "./endpoints";
import { MARKER, odd, seldom, text } from "./texts";
import { token } from "./tokens";

/** A body as bytes in latin1, and what it says of itself. */
export interface Body {
  readonly type: string;
  readonly bytes: string;
}

const LIMIT_BYTES = 16 * 1024;
const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";

const ODD_TYPES = [
  `${JSON_TYPE}; charset=utf-8`,
  `${FORM};charset=UTF-8`,
  "Application/JSON",
  `${JSON_TYPE}; charset=utf-16`,
  `${JSON_TYPE}; charset="`,
  `${JSON_TYPE};;;=;`,
  "multipart/form-data; boundary=x",
  "text/plain",
  "text/html;q=\xff",
  "",
  "/",
  "a".repeat(3000),
] as const;

const latin1 = (value: string) => Buffer.from(value).toString("latin1");

const ordinary: Readonly<Record<FieldKind, fc.Arbitrary<unknown>>> = {
  name: fc.constantFrom("somebody", "some.body-7", "somebody@example.com"),
  email: fc.constantFrom("somebody@example.com", `${MARKER}@example.com`),
  password: fc.constantFrom("correct horse battery", `${MARKER} horse battery`),
  text: fc.constantFrom("profile", "offline_access", "/dashboard?tab=1", "Zoë"),
  flag: fc.constantFrom(true, false, "on", "true", ""),
  "refresh token": token("refresh"),
  grant: fc.constantFrom("password", "refresh_token", "client_credentials"),
};

/** Names that are no field of anybody, or more than that. */
const strayName = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "prototype", "id", "role", "isAdmin", "disabled"),
  text,
);

const fieldsOf = ({ fields }: Operation) => {
  const entries = Object.entries(fields).map(([name, kind]) =>
    fc.oneof(
      { weight: 6, arbitrary: ordinary[kind].map((value) => [name, value] as const) },
      { weight: 2, arbitrary: fc.oneof(text, odd).map((value) => [name, value] as const) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  );
  const stray = seldom(1 / 3, fc.tuple(strayName, fc.oneof(text, odd)));
  return fc
    .tuple(fc.tuple(...entries), stray)
    .map(([known, extra]) => [...known, extra].filter((entry) => entry !== null));
};

type Entries = readonly (readonly [string, unknown])[];

/** Written out, so that `__proto__` is a member like any other and a name may come twice. */
const jsonOf = (entries: Entries) =>
  `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 0}`).join()}}`;

/** Lone surrogates as the bytes that some encoders make of them. */
const percent = (value: unknown) =>
  [...(typeof value === "string" ? value : JSON.stringify(value))]
    .map((char) => (char.isWellFormed() ? encodeURIComponent(char) : "%ED%A0%80"))
    .join("");
const formOf = (entries: Entries) =>
  entries.map(([name, value]) => `${percent(name)}=${percent(value)}`).join("&");

/** What is wrong with the text as a whole. The second number tells where. */
const spoil: Readonly<Record<string, (bytes: string, at: number) => string>> = {
  cut: (bytes, at) => bytes.slice(0, at % (bytes.length + 1)),
  bom: (bytes) => `\xef\xbb\xbf${bytes}`,
  "no utf-8": (bytes, at) =>
    `${bytes.slice(0, at % bytes.length)}\xff${bytes.slice(at % bytes.length)}`,
  "no utf-8 in percent": (bytes) => `${bytes}&a=%ff%zz%`,
  nul: (bytes) => `${bytes}\0`,
  twice: (bytes) => `${bytes}&${bytes}`,
  "an array": (bytes) => `[${bytes}]`,
  deep: () => `{"deep":${"[".repeat(8000)}${"]".repeat(8000)}}`,
  "deep and open": () => `{"deep":${"[".repeat(15_000)}`,
  "very deep": () => `{"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  "deep objects": () => `${'{"a":'.repeat(3000)}1${"}".repeat(3000)}`,
  "huge number": () => `{"username":1${"0".repeat(10_000)},"password":1e99999}`,
  "many members": () => `{${Array.from({ length: 1500 }, (_, at) => `"k${at}":1`).join()}}`,
  "many pairs": () => "a=&".repeat(5000),
  "as large as may be": (bytes) => bytes.padEnd(LIMIT_BYTES),
  "a byte smaller": (bytes) => bytes.padEnd(LIMIT_BYTES - 1),
  "a byte larger": (bytes) => bytes.padEnd(LIMIT_BYTES + 1),
  "much too large": (bytes) => bytes.padEnd(300_000),
};

const spoiled = fc.tuple(fc.constantFrom(...Object.values(spoil)), fc.nat(300));

/** A body for this operation: mostly what it wants, but hardly ever so that it must hash a password. */
export function bodyFor(operation: Operation): fc.Arbitrary<Body> {
  const isForm = fc.boolean();
  const type = seldom(operation.hashes ? 1 / 3 : 1 / 8, fc.constantFrom(...ODD_TYPES));
  const spoiling = seldom(operation.hashes ? 2 / 3 : 1 / 5, spoiled);
  return fc
    .tuple(fieldsOf(operation), isForm, type, spoiling)
    .map(([entries, form, other, wrong]) => {
      const whole = latin1(form ? formOf(entries) : jsonOf(entries));
      const bytes = wrong === null ? whole : wrong[0](whole, wrong[1]);
      return { type: other ?? (form ? FORM : JSON_TYPE), bytes };
    });
}
