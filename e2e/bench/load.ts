import { type Figures, figuresOf } from "./figures";
import { openWireClient, type WireClient } from "./wire-client";

/** One kind of request, as every client sends it but for its cookies and headers. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A cookie that every answer must change, or it counts as a failure. */
  readonly rotates?: string;
  /** What stands in every body, or the answer counts as a failure. */
  readonly mustSay?: string;
  /** Cookies of answers are not kept: each request is that of a new visitor. */
  readonly forgets?: boolean;
}

/** Who sends over one connection. */
export interface Client {
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What this process is told to do; see `generator.ts`. */
export interface Load {
  readonly origin: string;
  readonly request: Request;
  /** Each sends again as soon as it is answered. */
  readonly clients: readonly Client[];
  readonly seconds: number;
}

export interface Measured extends Figures {
  /** With their cookies as they are afterwards: a refresh changes them. */
  readonly clients: readonly Client[];
}

async function run({ origin, request, clients, seconds }: Load): Promise<Measured> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const lanes = await Promise.all(clients.map((client) => runLane(origin, request, client, until)));
  const lastedSeconds = (performance.now() - startedAt) / 1000;
  return {
    ...figuresOf(
      lanes.flatMap(({ milliseconds }) => milliseconds),
      lastedSeconds,
      lanes.reduce((sum, { failures }) => sum + failures, 0),
    ),
    clients: lanes.map(({ client }) => client),
  };
}

interface Lane {
  readonly client: Client;
  readonly milliseconds: number[];
  readonly failures: number;
}

async function runLane(
  origin: string,
  request: Request,
  client: Client,
  until: number,
): Promise<Lane> {
  const wire = openWireClient(origin);
  const cookies = new Map(Object.entries(client.cookies));
  const text = requestText(origin, request, client.headers ?? {});
  const milliseconds: number[] = [];
  let failures = 0;
  let bytes = text(cookies);
  for (let now = performance.now(); now < until; ) {
    const isRight = await exchange(wire, bytes, cookies, request);
    if (isRight === "changed") bytes = text(cookies);
    if (isRight === "wrong") failures += 1;
    const answeredAt = performance.now();
    milliseconds.push(answeredAt - now);
    now = answeredAt;
  }
  wire.close();
  return { client: { ...client, cookies: Object.fromEntries(cookies) }, milliseconds, failures };
}

/** One request and its answer, whose cookies are kept by name alone. */
async function exchange(
  wire: WireClient,
  bytes: string,
  cookies: Map<string, string>,
  { rotates, mustSay, forgets }: Request,
): Promise<"right" | "changed" | "wrong"> {
  const answer = await wire.send(bytes).catch(() => null);
  if (answer?.status !== 200) return "wrong";
  if (mustSay !== undefined && !answer.body.includes(mustSay)) return "wrong";
  if (forgets || answer.cookies.length === 0) return "right";
  const before = rotates === undefined ? undefined : cookies.get(rotates);
  for (const [name, value] of answer.cookies) cookies.set(name, value);
  return rotates !== undefined && cookies.get(rotates) === before ? "wrong" : "changed";
}

/** Makes the request of these cookies, in the bytes that are sent. */
function requestText(
  origin: string,
  { method, path, body, headers: all }: Request,
  own: Readonly<Record<string, string>>,
): (cookies: ReadonlyMap<string, string>) => string {
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const headers = { Host: new URL(origin).host, ...all, ...own, ...length };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `${method} ${path} HTTP/1.1\r\n${lines.join("")}`;
  return (cookies) => {
    const pairs = [...cookies].map((pair) => pair.join("=")).join("; ");
    return `${start}${pairs === "" ? "" : `Cookie: ${pairs}\r\n`}\r\n${body ?? ""}`;
  };
}

process.on("message", async (load: Load) => {
  process.send?.(await run(load));
});
