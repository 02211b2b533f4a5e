import { request } from "node:http";

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name; what came several times is joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Status line, headers and body, to look for something anywhere in it. */
  readonly all: string;
}

/** One request as it stands: no URL is tidied up on the way, no header added, no redirect followed. */
export function send(origin: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body } = sent;
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("error", reject);
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: text,
          all: `${answer.statusCode} ${answer.rawHeaders.join("\n")}\n\n${text}`,
        });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
