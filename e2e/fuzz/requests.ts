import fc from "fast-check";
import { type Body, bodyFor } from "./bodies";
import { OPERATIONS, type Operation } from "./endpoints";
import { headerValue, MARKER, seldom, text } from "./texts";
import { sessionId, token } from "./tokens";

/** One request as it goes over the wire, but for the tokens; bytes in latin1. */
export interface Shot {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null;
  readonly framing: Framing;
}

const SOUND = ["length", "chunked"] as const;
const BROKEN = [
  "no length",
  "length twice",
  "length and chunks",
  "length too long",
  "length negative",
  "chunk size wrong",
  "chunks cut off",
  "header folded",
  "header without colon",
  "nul in header",
  "host twice",
  "host missing",
  "head too large",
  "version",
  "no http",
] as const;
export type Framing = (typeof SOUND)[number] | (typeof BROKEN)[number];

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] as const;
const ODD_METHODS = ["FOO", "get", "PROPFIND", "CONNECT", "M-SEARCH", "QUERY", "", "__proto__"];

const PAGES = ["/", "/login", "/register", "/dashboard", "/account", "/nowhere", "/robots.txt"];
const ODD_TARGETS = [
  "*",
  "//",
  "/api",
  "/api/",
  "//api//users//me",
  "/api/users/me/",
  "/api/users/me/x.css",
  "/api/auth/%6Cogin",
  "/api/%00",
  "/api/%ff",
  "/api/%",
  "/API/users/me",
  "/api/auth/../users/me",
  "/api/auth/sessions/..%2f..%2fetc",
  "/api/users/me;x=1",
  "/api/users/me#x",
  "/api/users/me%3F",
  "/.env",
  "/.git/config",
  "/prisma/dev.db",
  "/_next/../package.json",
  "/_next/static/%2e%2e/%2e%2e/package.json",
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/_next/data/x/dashboard.json",
  "/dashboard.rsc",
  "/dashboard?_rsc=1",
  "http://evil.example/api/users/me",
  "/\\evil.example",
  "/%5c%5cevil.example",
  "/login?next=//evil.example&next=/x&error[]=1",
  "/login?error=__proto__&reason=constructor",
  `/register?next=${"/a".repeat(4000)}`,
] as const;

const query = text.map((value) => `?${encodeURIComponent(value.toWellFormed())}=${MARKER}&a&a=%zz`);

const targetOf = ({ path }: Operation) =>
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: sessionId },
        { weight: 1, arbitrary: text.map((value) => encodeURIComponent(value.toWellFormed())) },
      ),
      seldom(1 / 6, query),
    )
    .map(([id, asked]) => path.replace("{id}", id) + (asked ?? ""));

const cookies: fc.Arbitrary<string> = fc
  .tuple(token("access"), token("refresh"), headerValue, fc.nat(12))
  .map(([access, refresh, other, kind]) => {
    const pairs = [`__Host-access_token=${access}`, `__Host-refresh_token=${refresh}`];
    if (kind === 0) return other;
    if (kind === 1) return [...pairs, ...pairs].join("; ");
    if (kind === 2) return [`__Host-refresh_token=${other}`, ...pairs].join("; ");
    if (kind === 3)
      return [...Array.from({ length: 100 }, (_, at) => `c${at}=${at}`), ...pairs].join("; ");
    if (kind === 4) return `__Host-form=${other}; __Host-device=${other}; ${pairs.join("; ")}`;
    if (kind === 5) return pairs.join(";").toUpperCase();
    if (kind === 6) return `__Host-access_token=${"a".repeat(9000)}`;
    if (kind === 7) return pairs[1] ?? "";
    return pairs.join("; ");
  });

const authorization: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: token("access").map((value) => `Bearer ${value}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom("Bearer", "Bearer  ", "bearer a b", "Basic YTpi", "Token x", ""),
  },
  { weight: 1, arbitrary: headerValue },
);

const stray = fc.oneof(
  fc.tuple(fc.constantFrom("X-Request-Id", "User-Agent", "X-Refresh-Attempt"), headerValue),
  fc.tuple(
    fc.constantFrom("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "Range"),
    fc.oneof(headerValue, fc.constantFrom("text/html", "*/*;q=9", "gzip", "bytes=0-1")),
  ),
  fc.constantFrom(
    ["Accept", "text/html"],
    ["Content-Encoding", "gzip"],
    ["Expect", "100-continue"],
    ["Expect", "nothing"],
    ["Upgrade", "websocket"],
    ["Upgrade", "h2c"],
    ["RSC", "1"],
    ["Next-Action", "0".repeat(40)],
    ["Next-Router-State-Tree", "%5B"],
    ["x-middleware-subrequest", "proxy:proxy:proxy:proxy:proxy"],
    ["X-Forwarded-For", "::1, %zz"],
    ["X-Forwarded-Host", "evil.example"],
    ["X-HTTP-Method-Override", "DELETE"],
    ["Trailer", "Host"],
  ),
);

const site = fc.constantFrom(
  ["Sec-Fetch-Site", "cross-site"],
  ["Sec-Fetch-Site", "same-site"],
  ["Sec-Fetch-Site", "same-origin"],
  ["Sec-Fetch-Site", MARKER],
  ["Origin", "null"],
  ["Origin", "https://evil.example"],
  ["Origin", "\xff"],
);

type Header = readonly [string, string];

const headersFor = ({ credential }: Operation): fc.Arbitrary<readonly Header[]> => {
  const shows = credential === "none" ? 1 / 4 : 5 / 6;
  return fc
    .tuple(
      seldom(shows, cookies),
      seldom(credential === "access" ? 1 / 2 : 1 / 8, authorization),
      seldom(1 / 12, authorization),
      fc.array(stray, { maxLength: 3 }),
      seldom(1 / 8, site),
    )
    .map(([cookie, bearer, second, strays, origin]) => [
      ...(cookie === null ? [] : [["Cookie", cookie] as const]),
      ...[bearer, second].flatMap((value) =>
        value === null ? [] : [["Authorization", value] as const],
      ),
      ...([...strays, ...(origin ? [origin] : [])] as unknown as Header[]),
    ]);
};

const toEndpoint = (operation: Operation): fc.Arbitrary<Shot> => {
  const takesBody = operation.method !== "GET";
  return fc
    .record({
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant<string>(operation.method) },
        { weight: 1, arbitrary: fc.constantFrom<string>(...METHODS, ...ODD_METHODS) },
      ),
      target: targetOf(operation),
      headers: headersFor(operation),
      body: seldom(takesBody ? 5 / 6 : 1 / 10, bodyFor(operation)),
      framing: fc.oneof(
        { weight: 12, arbitrary: fc.constant<Framing>("length") },
        { weight: 3, arbitrary: fc.constant<Framing>("chunked") },
        { weight: 1, arbitrary: fc.constantFrom<Framing>(...BROKEN) },
      ),
    })
    .map(({ body, headers, ...rest }) => ({ ...rest, ...withBody(body, headers) }));
};

const elsewhere: fc.Arbitrary<Shot> = fc
  .record({
    method: fc.oneof(fc.constant("GET"), fc.constantFrom(...METHODS, ...ODD_METHODS)),
    target: fc.oneof(
      fc.constantFrom<string>(...PAGES),
      fc.constantFrom<string>(...ODD_TARGETS),
      fc.webPath().map((path) => `/api${path}`),
    ),
    headers: headersFor({ ...(OPERATIONS[0] as Operation), credential: "any" }),
    framing: fc.constantFrom<Framing>("length", "length", "length", ...BROKEN),
  })
  .map((shot) => ({ ...shot, body: null }));

function withBody(body: Body | null, headers: readonly Header[]): Pick<Shot, "body" | "headers"> {
  if (body === null) return { body: null, headers };
  const type: Header[] = body.type === null ? [] : [["Content-Type", body.type]];
  return { body: body.bytes, headers: [...headers, ...type] };
}

/** Passwords are hashed seldom: a hash takes as long as a hundred other requests. */
export const shot: fc.Arbitrary<Shot> = fc.oneof(
  ...OPERATIONS.map((operation) => ({
    weight: operation.hashes ? 1 : 4,
    arbitrary: toEndpoint(operation),
  })),
  { weight: 4, arbitrary: elsewhere },
);

export const isSound = ({ framing }: Shot) => SOUND.some((sound) => sound === framing);
