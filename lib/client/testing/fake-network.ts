import type { FakeServer, Jar } from "./fake-server";
import type { VirtualTime } from "./virtual-time";

/** What becomes of one request: a `Response` is one that something between browser and server makes up. */
export type Fate = "delivered" | "unsent" | "unanswered" | "body lost" | "silence" | Response;

/** The way to the server and back, as unreliable as a test wants it. */
export class FakeNetwork {
  readonly #time: VirtualTime;
  readonly #server: FakeServer;
  latencyMs = 20;
  /** By path; asked once a request. */
  fate: (path: string) => Fate = () => "delivered";

  constructor(time: VirtualTime, server: FakeServer) {
    this.#time = time;
    this.#server = server;
  }

  /** `keep` gets the cookies of an answer that arrives. @throws TypeError, AbortError as `fetch` does */
  async send(request: Request, jar: Jar, keep: (jar: Jar) => void): Promise<Response> {
    const { signal } = request;
    const fate = this.fate(new URL(request.url).pathname);
    await unlessAborted(signal, this.#time.pause(this.latencyMs / 2));
    if (fate === "unsent") throw new TypeError("Failed to fetch");
    if (fate === "silence") await unlessAborted(signal, new Promise(() => {}));
    if (fate instanceof Response) return fate.clone();
    const answer = await this.#server.handle(request, jar);
    await unlessAborted(signal, this.#time.pause(this.latencyMs / 2));
    if (fate === "unanswered") throw new TypeError("Failed to fetch");
    if (answer.jar !== undefined) keep(answer.jar);
    return fate === "body lost" ? withBrokenBody(answer.response) : answer.response;
  }
}

/** `work`, or the rejection of `signal` if that comes first. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  return Promise.race([work, aborted]);
}

function withBrokenBody(response: Response): Response {
  const body = new ReadableStream({
    start: (controller) => controller.error(new TypeError("network error")),
  });
  return new Response(body, response);
}
