import { Agent, request } from "node:http";

export interface Shot {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, string>>;
}

/** One kept-alive connection with cookies of its own, as one browser has. */
export interface Connection {
  /** Sends one request and reads all of the answer; its status. */
  send(shot: Shot): Promise<number>;
  close(): void;
}

/** Cookies are kept by name alone: a bench talks to one origin, and nothing expires during it. */
export function openConnection(origin: string, cookies: Map<string, string>): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: ({ method, path, body }) =>
      new Promise((resolve, reject) => {
        const headers: Record<string, string> = {};
        if (cookies.size > 0)
          headers.Cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
        if (body !== undefined) headers["Content-Type"] = "application/json";
        const sent = request(`${origin}${path}`, { method, agent, headers }, (answer) => {
          for (const line of answer.headers["set-cookie"] ?? []) {
            const [, name = "", value = ""] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
            cookies.set(name, value);
          }
          answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
        });
        sent.once("error", reject);
        sent.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}
