import { connect } from "node:net";
import type { Framing, Shot } from "./requests";

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** As they came, one a line. */
  readonly headers: readonly string[];
  readonly body: string;
}

const HOST = "Host: localhost";

/** How a body and its head look under each framing: header lines, and what follows them. */
const framings: Readonly<Record<Framing, (body: string) => readonly [string[], string]>> = {
  length: (body) => [[HOST, `Content-Length: ${body.length}`], body],
  chunked: (body) => [[HOST, "Transfer-Encoding: chunked"], chunks(body)],
  "no length": (body) => [[HOST], body],
  "length twice": (body) => [[HOST, `Content-Length: ${body.length}`, "Content-Length: 1"], body],
  "length and chunks": (body) => [
    [HOST, `Content-Length: ${body.length}`, "Transfer-Encoding: chunked"],
    chunks(body),
  ],
  "length too long": (body) => [[HOST, `Content-Length: ${body.length + 9}`], body],
  "length negative": (body) => [[HOST, "Content-Length: -1"], body],
  "chunk size wrong": (body) => [
    [HOST, "Transfer-Encoding: chunked"],
    `zz\r\n${body}\r\n0\r\n\r\n`,
  ],
  "chunks cut off": (body) => [[HOST, "Transfer-Encoding: chunked"], `ffff\r\n${body}`],
  "header folded": (body) => [[HOST, "X-Folded: a\r\n b"], body],
  "header without colon": (body) => [[HOST, "nonsense"], body],
  "nul in header": (body) => [[HOST, "X-Nul: a\0b"], body],
  "host twice": (body) => [[HOST, "Host: evil.example"], body],
  "host missing": (body) => [[], body],
  "head too large": (body) => [[HOST, `X-Large: ${"a".repeat(20_000)}`], body],
  version: (body) => [[HOST, `Content-Length: ${body.length}`], body],
  "no http": (body) => [[], body],
};

const chunks = (body: string) => {
  const pieces = body.match(/.{1,5000}/gs) ?? [];
  return `${pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join("")}0\r\n\r\n`;
};

/** The bytes of a request, in latin1. `fill` puts in the tokens, before lengths are counted. */
export function bytesOf(
  { method, target, headers, body, framing }: Shot,
  fill: (bytes: string) => string,
): string {
  if (framing === "no http") return "\x16\x03\x01 this is no HTTP\r\n\r\n";
  const [lines, rest] =
    body === null && framing === "length" ? [[HOST], ""] : framings[framing](fill(body ?? ""));
  const version = framing === "version" ? "HTTP/9.9" : "HTTP/1.1";
  const own = headers.map(([name, value]) => `${name}: ${fill(value)}`);
  const head = [`${method} ${fill(target)} ${version}`, ...lines, "Connection: close", ...own];
  return `${head.join("\r\n")}\r\n\r\n${rest}`;
}

/** Longer than the server waits for anything. Milliseconds. */
const PATIENCE = 30_000;

/**
 * Sends these bytes over a connection of their own; null when that ends without an answer.
 *
 * @param isWhole false: the server would wait for more, and is told that there is none
 */
export async function exchange(
  port: number,
  bytes: string,
  isWhole: boolean,
): Promise<Answer | null> {
  const socket = connect({ port, host: "127.0.0.1" });
  const parts: Buffer[] = [];
  socket.on("data", (part) => parts.push(part));
  // a server that answers early closes while we still write
  socket.on("error", () => {});
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.write(bytes, "latin1");
  if (!isWhole) socket.end();
  await new Promise((resolve) => socket.once("close", resolve));
  return parse(Buffer.concat(parts).toString("latin1"));
}

function parse(text: string): Answer | null {
  const [, status, head = "", rest = ""] =
    /^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 (\d{3})[^\r]*\r\n(.*?)\r\n\r\n(.*)$/s.exec(
      text,
    ) ?? [];
  if (status === undefined) return null;
  const isChunked = /^transfer-encoding: chunked$/im.test(head);
  const bytes = isChunked ? joined(rest) : rest;
  return {
    status: Number(status),
    headers: head.split("\r\n"),
    body: Buffer.from(bytes, "latin1").toString(),
  };
}

/** What a chunked body says. */
function joined(chunked: string): string {
  let body = "";
  let at = 0;
  for (;;) {
    const end = chunked.indexOf("\r\n", at);
    const size = Number.parseInt(chunked.slice(at, end), 16);
    if (!(size > 0)) return body;
    body += chunked.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
  }
}
