import { type Answer, send } from "./send";

/** Everything that can be reached from the pages: pages, and what they and their styles load. */
export async function crawl(origin: string, cookie: string): Promise<ReadonlyMap<string, Answer>> {
  const found = new Map<string, Answer>();
  const open = ["/", "/login", "/register", "/dashboard", "/dashboard/", "/nope", "/favicon.ico"];
  for (const path of open) {
    if (found.has(path)) continue;
    const answer = await send(origin, path, { headers: { cookie } });
    found.set(path, answer);
    const isText = /html|css/.test(answer.headers["content-type"] ?? "");
    if (!isText) continue;
    const links = answer.body.matchAll(/(?:href|src)="(\/[^"]*)"|url\("?([^")]+)"?\)/g);
    for (const [, link, file = ""] of links) {
      const { pathname, search } = new URL(link ?? file, `${origin}${path}`);
      open.push(`${pathname}${search}`);
    }
  }
  return found;
}
