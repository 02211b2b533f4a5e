import { AuthError, isAuthError } from "@/lib/auth/errors";
import { currentExchange } from "./exchange";

/** Bytes; no honest request comes near. */
const BODY_MAX_BYTES = 16 * 1024;

/** What was posted, by name; nothing in it is checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

/**
 * Reads a JSON object or a form, UTF-8, at most 16 KiB. No body at all is no fields, whatever its media type.
 *
 * @throws AuthError `unsupported_media_type`, `too_large`, `malformed_body`, `validation_failed` (not an object,
 *   or a form that says one thing twice)
 */
export async function readBody(request: Request): Promise<Fields> {
  const type = mediaType(request);
  const declared = declaredBytes(request);
  if (declared === 0) return {};
  if (declared !== null) requireKnown(type);
  if (declared !== null && declared > BODY_MAX_BYTES) throw new AuthError("too_large");
  const bytes = await readBytes(request, declared, () => requireKnown(type));
  if (bytes.length === 0) return {};
  const text = decode(bytes);
  return type === FORM ? parseForm(text) : parseObject(text);
}

function requireKnown(type: string | null): void {
  if (type === null) throw new AuthError("unsupported_media_type");
}

/** Whether this is a form that a browser posted by itself, and wants a page for an answer. */
export function isHtmlForm(request: Request): boolean {
  if (request.method !== "POST" || mediaType(request) !== FORM) return false;
  return request.headers.get("accept")?.includes("text/html") ?? false;
}

/** How long the body is, as far as the head of the request says; null where it does not. */
function declaredBytes({ headers }: Request): number | null {
  if (currentExchange()?.hasBody === false) return 0;
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

/** The media type if it is one of ours, in UTF-8 and not compressed. */
function mediaType(request: Request): typeof FORM | typeof JSON_TYPE | null {
  if (request.headers.has("content-encoding")) return null;
  const [type = "", ...parameters] = (request.headers.get("content-type") ?? "").split(";");
  const isUtf8 = parameters.every((parameter) => {
    const [name = "", value = ""] = parameter.split("=");
    return name.trim().toLowerCase() !== "charset" || /^\s*"?utf-?8"?\s*$/i.test(value);
  });
  const known = type.trim().toLowerCase();
  return isUtf8 && (known === FORM || known === JSON_TYPE) ? known : null;
}

/**
 * Where the length is declared, the server lets no more through, and nothing needs to be counted: to look at `body` is
 * to make a stream, which costs more than all the rest of a refresh.
 *
 * @param onFirst called as soon as there is anything at all
 */
async function readBytes(
  request: Request,
  declared: number | null,
  onFirst: () => void,
): Promise<Buffer> {
  try {
    if (declared === null) return await countedBytes(request, onFirst);
    const bytes = Buffer.from(await request.arrayBuffer());
    if (bytes.length > BODY_MAX_BYTES) throw new AuthError("too_large");
    return bytes;
  } catch (error) {
    // a client that went away, or chunks that are none: the other side's doing, not a bug
    throw isAuthError(error) ? error : new AuthError("malformed_body", { cause: error });
  }
}

async function countedBytes(request: Request, onFirst: () => void): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    if (size === 0 && chunk.byteLength > 0) onFirst();
    size += chunk.byteLength;
    if (size > BODY_MAX_BYTES) throw new AuthError("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AuthError("malformed_body");
  }
}

function parseObject(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AuthError("malformed_body");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AuthError("validation_failed", {
      issues: [{ type: "object", loc: ["body"], msg: "Must be an object" }],
    });
  }
  return value as Fields;
}

function parseForm(text: string): Fields {
  if (!isWellEncoded(text)) throw new AuthError("malformed_body");
  const entries = [...new URLSearchParams(text)];
  const names = entries.map(([name]) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) {
    throw new AuthError("validation_failed", {
      issues: [{ type: "duplicate", loc: ["body"], msg: "A field is given more than once" }],
    });
  }
  return Object.fromEntries(entries);
}

/** URLSearchParams turns bytes that are no UTF-8 into U+FFFD: two passwords would become one. */
function isWellEncoded(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25"));
    return true;
  } catch {
    return false;
  }
}
