import { Agent, type IncomingHttpHeaders, request } from "node:http";

export interface Shot {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** One kept-alive connection with cookies of its own, as one browser has. */
export interface Connection {
  /** Sends one request and reads all of the answer. */
  send(shot: Shot): Promise<Answer>;
  close(): void;
}

/** Cookies are kept by name alone: a bench talks to one origin, and nothing expires during it. */
export function openConnection(origin: string, cookies: Map<string, string>): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const exchange = ({ method, path, body, headers: own }: Shot) =>
    new Promise<Answer>((resolve, reject) => {
      const headers: Record<string, string> = { ...own };
      if (cookies.size > 0) headers.Cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      if (body !== undefined) headers["Content-Type"] = "application/json";
      const sent = request(`${origin}${path}`, { method, agent, headers }, (answer) => {
        for (const line of answer.headers["set-cookie"] ?? []) {
          const [, name = "", value = ""] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const { statusCode = 0, headers } = answer;
        answer.once("error", reject);
        answer.resume().once("end", () => resolve({ status: statusCode, headers }));
      });
      sent.once("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  let last: Promise<unknown> = Promise.resolve();
  return {
    send(shot) {
      // the cookies of one answer are what the next request shows
      const answer = last.then(() => exchange(shot));
      last = answer.catch(() => {});
      return answer;
    },
    close: () => agent.destroy(),
  };
}
