/**
 * What keeps secrets out of the log when everything else has failed: nothing here is meant to find anything.
 * Knows the forms of our own tokens and hashes, and where drivers and parsers repeat what they were given.
 */

/** Fields that are never written, at the top of a line or one below. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  "password",
  "current_password",
  "new_password",
  "passwordHash",
  "secret",
  "token",
  "access_token",
  "refresh_token",
  "authorization",
  "cookie",
  "set-cookie",
]);

const CENSORED = "[secret]";

type Line = Readonly<Record<string, unknown>>;

/**
 * The fields of a line as they may be written: of those above nothing, and texts of bounded length. `err` is left to
 * `describeError`.
 */
export function discreetFields(line: Line): Record<string, unknown> {
  const entries = Object.entries(line).map(([name, value]): [string, unknown] => {
    if (SECRET_FIELDS.has(name)) return [name, CENSORED];
    if (typeof value === "string") return [name, capped(value)];
    const isObject = typeof value === "object" && value !== null && name !== "err";
    return [name, isObject ? discreetMembers(value) : value];
  });
  return Object.fromEntries(entries);
}

/** The same object where it has none of those fields, as nearly all. */
function discreetMembers(value: object): object {
  const secrets = Object.keys(value).filter((name) => SECRET_FIELDS.has(name));
  if (secrets.length === 0) return value;
  return { ...value, ...Object.fromEntries(secrets.map((name) => [name, CENSORED])) };
}

/** A JWS; a refresh token (72 characters, version 1); a device token; a stored password, bcrypt or not. */
const SECRETS =
  /eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|(?<![\w-])A[Q-f][\w-]{70}(?![\w-])|\b1\.[0-9a-f]{2}\.[\w-]+\.[\w-]{22}\.\d+\.[\w-]{22}|\$latchkey\$[\w$./-]+|\$2[aby]\$\d\d\$[./\w]{53}/g;

/** The password in a URL. By itself: looking back from every character took four times as long as all of the others. */
const URL_PASSWORD = /(:\/\/[^\s:@/"\\]*:)[^\s@/"\\]+(?=@)/g;

/** Control characters and line ends that JSON leaves as they are; some terminals obey them. */
const CONTROLS = /[\u007f-\u009f\u2028\u2029]/g;

/** A JSON line without anything that has the form of a secret, and without control characters. It stays a JSON line. */
export function safeLine(line: string): string {
  return line
    .replace(SECRETS, CENSORED)
    .replace(URL_PASSWORD, `$1${CENSORED}`)
    .replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const TEXT_MAX_CHARACTERS = 1000;

/** A text of bounded length. */
export function capped(text: string): string {
  return text.length > TEXT_MAX_CHARACTERS ? `${text.slice(0, TEXT_MAX_CHARACTERS)}…` : text;
}

const CAUSES_MAX = 4;
const FRAMES_MAX = 20;

/** What the log says of something that was thrown. */
export interface DescribedError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  /** Next's name for it, which the page shows. */
  readonly digest?: string;
  readonly stack?: readonly string[];
  readonly cause?: DescribedError;
}

/**
 * The name, code, message, frames and causes of a thrown value, each of bounded length. Of an error nothing else is
 * told: drivers hang parameters and rows on theirs. Quoted values are cut out of messages, names of tables are kept.
 */
export function describeError(thrown: unknown, depth = 0): DescribedError {
  if (typeof thrown === "string") return { type: "string", message: withoutValues(thrown) };
  if (typeof thrown !== "object" || thrown === null) return { type: typeof thrown };
  const given = thrown as Readonly<Record<string, unknown>>;
  // Prisma keeps the error of its adapter in `meta`, and that one what the driver said in a plain object
  const { driverAdapterError } = (given.meta ?? {}) as { readonly driverAdapterError?: unknown };
  const { name = given.kind, code = given.originalCode, message = given.originalMessage } = given;
  const { digest, stack, cause = driverAdapterError } = given;
  return {
    type: typeof name === "string" ? capped(name) : "object",
    ...(typeof code === "string" && { code: capped(code) }),
    ...(typeof message === "string" && { message: withoutValues(message) }),
    ...(typeof digest === "string" && { digest: capped(digest) }),
    ...(typeof stack === "string" && { stack: framesOf(stack) }),
    ...(cause !== undefined && depth < CAUSES_MAX && { cause: describeError(cause, depth + 1) }),
  };
}

/** What is quoted, and names of things that are. */
const QUOTED =
  /((?:constraint|relation|column|table|index|database|role|schema|type|function|user|module) "[^"]*")|"[^"]*"?/g;
/** As in PostgreSQL's `Key (email)=(john@example.org) already exists`. */
const KEY_VALUE = /=\([^)]*\)/g;
/** As in Prisma's `Expected a string in column 'password_hash', got object: …`. */
const GOT = /\b(got \w+:).*/gs;

function withoutValues(message: string): string {
  return capped(message.trim())
    .replace(QUOTED, (_, name?: string) => name ?? '"…"')
    .replace(KEY_VALUE, "=(…)")
    .replace(GOT, "$1 …");
}

/** Without the first lines, which repeat the message. */
function framesOf(stack: string): readonly string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => capped(line.trim()));
}
