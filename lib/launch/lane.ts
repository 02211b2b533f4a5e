import type { ServerResponse } from "node:http";
import { pathToFileURL } from "node:url";
import { getRequestListener, RequestError } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { AuthError, type ErrorCode } from "@/lib/auth/errors";
import { type Answer, empty, errorAnswer, toResponse } from "@/lib/http/answer";
import type { Segment } from "@/lib/http/call";
import { currentExchange } from "@/lib/http/exchange";
import { tellFailure } from "@/lib/http/failure";
import { type Endpoint, METHODS, type Method } from "@/lib/http/route";
import { inRequestSpan } from "@/lib/tracing/spans";
import { pathMatcher } from "./lane-match";
import type { Handler } from "./listener";
import { writeAnswer } from "./write-answer";

/** One export of a `route.ts`, by `route` or by hand. */
interface Exported {
  (request: Request, segment: Segment): Promise<Response> | Response;
  readonly answer?: Endpoint["answer"];
}
type Endpoints = Readonly<Partial<Record<Method, Exported>>>;
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
      if (matched === null) return refusal("not_found");
      const { value, params } = matched;
      const answer = await inRequestSpan({ request, route: value.route }, () =>
        answerOf(value.endpoints, request, { params: Promise.resolve(params) }),
      );
      if (answer instanceof Response) return answer;
      writeAnswer(answer, outgoing as ServerResponse);
      return RESPONSE_ALREADY_SENT;
    },
    {
      // Next has its own
      overrideGlobalObjects: false,
      // `guardBody` and Node see to what nobody reads
      autoCleanupIncoming: false,
      errorHandler(thrown) {
        // a target that is no URL, such as one with a backslash
        if (thrown instanceof RequestError) return refusal("not_found");
        // not on to the adapter, which would answer with its message
        tellFailure(thrown, { requestId: currentExchange()?.requestId });
        return refusal("internal");
      },
    },
  );
  return (request, response) => {
    // its URL is made of these, and nothing of ours may depend on what a client says here
    request.headers.host = "localhost";
    return listen(request, response);
  };
}

const refusal = (code: ErrorCode) => toResponse(errorAnswer(new AuthError(code)));

/** What a route exports for a method; for one that it has not, what Next says then. */
async function answerOf(endpoints: Endpoints, request: Request, segment: Segment) {
  const method = request.method as Method;
  const endpoint = endpoints[method] ?? (method === "HEAD" ? endpoints.GET : undefined);
  if (endpoint === undefined) return notExported(endpoints, method);
  const answer = endpoint.answer ?? endpoint;
  return answer(request, segment);
}

function notExported(endpoints: Endpoints, method: Method): Answer {
  const isAnswered = (name: Method) => name in endpoints || name === "OPTIONS";
  const allow = METHODS.filter((name) => isAnswered(name === "HEAD" ? "GET" : name));
  const headers = { Allow: allow.join(", ") };
  if (method === "OPTIONS") return empty(204, headers);
  const refused = errorAnswer(new AuthError("method_not_allowed"));
  return { ...refused, headers: { ...refused.headers, ...headers } };
}
