import { type Answer, send } from "./send";

type Asked = Omit<Parameters<typeof send>[2] & object, "body"> & { readonly json?: object };

interface Told extends Answer {
  /** The body, parsed. */
  json(): ReturnType<typeof JSON.parse>;
}

/** What talks to a server as a client does that keeps its cookies, and deletes those that are emptied. */
export interface CookieClient {
  readonly cookies: Map<string, string>;
  ask(method: string, path: string, asked?: Asked): Promise<Told>;
}

export function cookieClient(origin: string): CookieClient {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async ask(method, path, { json, headers = {} } = {}) {
      const shown = [...cookies].map((cookie) => cookie.join("=")).join("; ");
      const answer = await send(origin, path, {
        method,
        headers: {
          ...(shown && { cookie: shown }),
          ...(json && { "content-type": "application/json" }),
          ...(method !== "GET" && !json && { "content-length": "0" }),
          ...headers,
        },
        ...(json && { body: JSON.stringify(json) }),
      });
      for (const [, name = "", value = ""] of answer.all.matchAll(
        /set-cookie\n([^=]+)=([^;]*)/gi,
      )) {
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      return { ...answer, json: () => JSON.parse(answer.body) };
    },
  };
}
