import type { ServerResponse } from "node:http";
import { pathToFileURL } from "node:url";
import { getRequestListener, RequestError } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { AuthError } from "@/lib/auth/errors";
import { errorResponse } from "@/lib/http/answer";
import { currentExchange } from "@/lib/http/exchange";
import { tellFailure } from "@/lib/http/failure";
import type { Endpoint, Method } from "@/lib/http/route";
import { inRequestSpan } from "@/lib/tracing/spans";
import { pathMatcher } from "./lane-match";
import type { Handler } from "./listener";
import { writeText } from "./write-text";

/** The exports of a `route.ts`. */
type Endpoints = Readonly<Record<Method, Endpoint>>;
/** What the bundle of them exports, see `lane-table.ts`. */
type Routes = readonly (readonly [path: string, endpoints: Endpoints])[];

/**
 * Answers `/api/**` by calling the very handlers that Next would call, without Next: most of what such a request costs
 * there is the way to the handler. To be called after Next is prepared.
 *
 * @param file the bundle of all handlers
 * @see DECISIONS.md "A lane beside Next"
 */
export async function openLane(file: string): Promise<Handler> {
  const { routes }: { readonly routes: Routes } = await import(pathToFileURL(file).href);
  return laneOf(routes);
}

/** The lane of these routes. One of them answers for paths that no other does. */
export function laneOf(routes: Routes): Handler {
  const match = pathMatcher(routes.map(([route, endpoints]) => [route, { route, endpoints }]));
  const listen = getRequestListener(
    async (request, { incoming, outgoing }) => {
      const [path = ""] = (incoming.url ?? "").split("?");
      const matched = match(path);
      if (matched === null) return errorResponse(new AuthError("not_found"));
      const { value, params } = matched;
      const endpoint = value.endpoints[request.method as Method];
      const answer = await inRequestSpan({ request, route: value.route }, () =>
        endpoint(request, { params: Promise.resolve(params) }),
      );
      return writeText(answer, outgoing as ServerResponse) ? RESPONSE_ALREADY_SENT : answer;
    },
    {
      // Next has its own
      overrideGlobalObjects: false,
      // `guardBody` and Node see to what nobody reads
      autoCleanupIncoming: false,
      errorHandler(thrown) {
        // a target that is no URL, such as one with a backslash
        if (thrown instanceof RequestError) return errorResponse(new AuthError("not_found"));
        // not on to the adapter, which would answer with its message
        tellFailure(thrown, { requestId: currentExchange()?.requestId });
        return errorResponse(new AuthError("internal"));
      },
    },
  );
  return (request, response) => {
    // its URL is made of these, and nothing of ours may depend on what a client says here
    request.headers.host = "localhost";
    return listen(request, response);
  };
}
