/** What a bench looks at of an answer. */
export interface WireAnswer {
  readonly status: number;
  /** Name to value, of the cookies that it sets. */
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The server closes the connection after it. */
  readonly isLast: boolean;
}

const SET_COOKIE = /\r\nset-cookie: ?([^=\r]*)=([^;\r]*)/gi;
const LENGTH = /\r\ncontent-length: ?(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: ?chunked/i;
const CLOSES = /\r\nconnection: ?close/i;

/**
 * The answer that these bytes are; null: there is more to come. A body must say how long it is.
 *
 * @throws Error when it does not
 */
export function readWireAnswer(bytes: Buffer): WireAnswer | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return null;
  const head = bytes.toString("latin1", 0, headEnd);
  const status = Number(head.slice(9, 12));
  const body = bodyOf(head, status, bytes.subarray(headEnd + 4));
  if (body === null) return null;
  const cookies = [...head.matchAll(SET_COOKIE)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );
  return { status, cookies, body, isLast: CLOSES.test(head) };
}

function bodyOf(head: string, status: number, rest: Buffer): Buffer | null {
  if (status === 204 || status === 304) return rest;
  const [, length] = LENGTH.exec(head) ?? [];
  if (length !== undefined) return rest.length < Number(length) ? null : rest;
  if (!CHUNKED.test(head)) throw new Error(`An answer of unknown length: ${head}`);
  return endsChunked(rest) ? rest : null;
}

/** Whether the last chunk, the empty one, is there. */
function endsChunked(rest: Buffer): boolean {
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd === -1) return false;
    const size = Number.parseInt(rest.toString("latin1", at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (at > rest.length) return false;
    if (size === 0) return true;
  }
}
