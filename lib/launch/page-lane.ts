import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { FILE_HEADERS } from "@/lib/http/security-headers";
import { withoutGroups } from "./lane-table";
import type { Handler } from "./listener";
import { pageCompression } from "./page-compression";
import { isUnruled, type PageRules } from "./page-rules";

/** What Next builds of a page, as its documentation of adapters has it under "Invoking Entrypoints". */
interface PageEntry {
  handler(request: IncomingMessage, response: ServerResponse, context: object): Promise<unknown>;
}

const BUILT = ".next";
const readJson = (file: string) => JSON.parse(readFileSync(resolve(BUILT, file), "utf8"));
/** A page's file in the tree of the app, without its extension, to what was built of it. */
type AppPaths = Readonly<Record<string, string>>;

/**
 * Has the pages that are built make themselves, past Next's server, which spends a sixth of a page on finding out what a
 * plain path means. For GET of a whole document only. All else, a page of which `next.config.ts` says more than is done
 * here, and a page that breaks before it is begun, goes to `next`, which must be ready. To be called for requests that are
 * admitted, see `page-entrance.ts`, and whose headers say nothing that only Next says to itself, see
 * `untrusted-headers.ts`.
 *
 * @throws Error where nothing is built
 * @see DECISIONS.md "Plain pages are made past Next's server"
 */
export async function openPageLane(next: Handler): Promise<Handler> {
  const load = createRequire(resolve("package.json"));
  const compress = pageCompression(load);
  const appPaths: AppPaths = readJson("server/app-paths-manifest.json");
  const rules: PageRules = readJson("routes-manifest.json");
  const pages = new Map<string, PageEntry>();
  for (const [path, file] of pagesOf(appPaths)) {
    if (isUnruled(path, rules)) pages.set(path, await load(resolve(BUILT, "server", file)));
  }

  return async (request, response) => {
    const page = asksForDocument(request) ? pages.get(pathOf(request)) : undefined;
    if (page === undefined) return next(request, response);
    // what `next.config.ts` and Next's server do to every page
    response.setHeaders(new Map(Object.entries(FILE_HEADERS)));
    compress(request, response);
    // a client that goes away is nobody's fault
    response.on("error", () => {});
    try {
      await page.handler(request, response, {});
    } catch (error) {
      if (response.headersSent) throw error;
      return next(request, response);
    }
  };
}

/** The pages whose path is fixed, and what was built of them; not the ones that Next shows by itself. */
export function pagesOf(appPaths: AppPaths): ReadonlyMap<string, string> {
  const pages = Object.entries(appPaths)
    .filter(([page]) => page.endsWith("/page") && !/[[@]|\/_|\(\./.test(page))
    .map(([page, file]) => [withoutGroups(page.slice(0, -"/page".length)) || "/", file] as const);
  return new Map(pages);
}

const pathOf = ({ url = "" }: IncomingMessage) => url.split("?", 1)[0] ?? "";

/** And not for the part of it that Next's router in a browser would like to have. */
function asksForDocument({ method, headers }: IncomingMessage): boolean {
  const isPart = (name: string) => name === "rsc" || name.startsWith("next-");
  return method === "GET" && !Object.keys(headers).some(isPart);
}
