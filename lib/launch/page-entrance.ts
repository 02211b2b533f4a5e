import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { admit } from "@/lib/http/page-gate";
import { PAGE_PATH_HEADER } from "@/lib/http/page-path";
import { FILE_HEADERS } from "@/lib/http/security-headers";
import type { Handler } from "./listener";
import { isApiPath } from "./screening";

/**
 * Tells `proxy.ts`, by its matcher, that a page is admitted already. Not a header but a note in the memory of this
 * process: parentheses may not stand in the name of a header, so a request that names it is none (RFC 9110 section 5.1),
 * and Node's parser refuses it, with and without our own server.
 */
export const ADMITTED = "(admitted)";

/** The paths that people use. */
const PLAIN_PATH = /^\/(?:[a-z][a-z-]*(?:\/[a-z-]+)*)?$/;
const PLAIN_QUERY = /^(?:\?[\w.~%+=&-]+)?$/;

/**
 * Does before Next what `proxy.ts` would do inside it, where running it costs more than what it does, and has it left
 * out. For plain requests only: odd spellings of a path, and what asks for other than the document, stay with
 * `proxy.ts`, which sees them as Next will. The page itself asks again, whoever admitted it.
 *
 * @param admitted what makes an admitted page, where that is not Next's server
 *
 * @see DECISIONS.md "Plain pages are admitted before Next"
 */
export function pageEntrance(next: Handler, admitted: Handler = next): Handler {
  return async (request, response) => {
    const page = plainPage(request);
    if (page === null) return next(request, response);
    const { pathname, search } = page;
    const { policy, loginPath } = await admit(pathname, search, request.headers.cookie ?? null);
    if (loginPath !== null) return redirect(response, loginPath, policy);
    response.setHeaders(new Map(Object.entries(policy)));
    // what `proxy.ts` sets, see there
    request.headers[PAGE_PATH_HEADER] = `${pathname}${search}`;
    request.headers["content-security-policy"] = policy["Content-Security-Policy"];
    delete request.headers["content-security-policy-report-only"];
    noteAdmission(request.headers);
    return admitted(request, response);
  };
}

function plainPage({ url = "", headers }: IncomingMessage) {
  const start = url.indexOf("?");
  const pathname = start === -1 ? url : url.slice(0, start);
  const search = url.slice(pathname.length);
  const isPlain = PLAIN_PATH.test(pathname) && PLAIN_QUERY.test(search);
  const isPage = !isApiPath(pathname) && !search.includes("_rsc");
  return isPlain && isPage && headers.rsc === undefined ? { pathname, search } : null;
}

/** Where nobody who copies headers comes across it. */
function noteAdmission(headers: IncomingHttpHeaders): void {
  Object.defineProperty(headers, ADMITTED, { value: "yes" });
}

function redirect(response: ServerResponse, to: string, policy: Readonly<Record<string, string>>) {
  response
    .writeHead(307, { ...FILE_HEADERS, ...policy, "Cache-Control": "no-store", Location: to })
    .end();
}
