import fc from "fast-check";
import type { Operation } from "./endpoints";
import { headerValue, MARKER, seldom } from "./texts";
import { token } from "./tokens";

export type Header = readonly [name: string, value: string];

const ACCESS = "__Host-access_token";
const REFRESH = "__Host-refresh_token";

/** What a `Cookie` header may look like around two tokens. */
const COOKIES: readonly ((access: string, refresh: string, other: string) => string)[] = [
  (access, refresh) => `${ACCESS}=${access}; ${REFRESH}=${refresh}`,
  (access, refresh) => `a=b; ${REFRESH}=${refresh}; ${ACCESS}=${access}`,
  (_, refresh) => `${REFRESH}=${refresh}`,
  (access) => `${ACCESS}=${access}`,
  (access, refresh, other) => `${ACCESS}=${access}; ${REFRESH}=${refresh}; ${REFRESH}=${other}`,
  (access, refresh) => `${ACCESS}=${access}; ${ACCESS}=${access}; ${REFRESH}=${refresh}`,
  (access, refresh) => `${ACCESS.toUpperCase()}=${access};${REFRESH.toLowerCase()}=${refresh}`,
  (access, _, other) => `__Host-form=${other}; __Host-device=${other}; ${ACCESS}=${access}`,
  (access, refresh) => `${"c=1; ".repeat(100)}${ACCESS}=${access}; ${REFRESH}=${refresh}`,
  () => `${ACCESS}=${"a".repeat(9000)}`,
  (_access, _refresh, other) => other,
];

const cookies: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...COOKIES), token("access"), token("refresh"), headerValue)
  .map(([write, access, refresh, other]) => write(access, refresh, other));

const authorization: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: token("access").map((value) => `Bearer ${value}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom("Bearer", "Bearer  ", "bearer a b", "Basic YTpi", "Token x", ""),
  },
  { weight: 1, arbitrary: headerValue },
);

const CURIOUS: readonly Header[] = [
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
];

const stray: fc.Arbitrary<Header> = fc.oneof(
  fc.tuple(fc.constantFrom("X-Request-Id", "User-Agent", "X-Refresh-Attempt"), headerValue),
  fc.tuple(
    fc.constantFrom("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "Range"),
    fc.oneof(headerValue, fc.constantFrom("text/html", "*/*;q=9", "gzip", "bytes=0-1")),
  ),
  fc.constantFrom(...CURIOUS),
);

/** Where a browser says that it comes from. */
const SITES: readonly Header[] = [
  ["Sec-Fetch-Site", "cross-site"],
  ["Sec-Fetch-Site", "same-site"],
  ["Sec-Fetch-Site", "same-origin"],
  ["Sec-Fetch-Site", MARKER],
  ["Origin", "null"],
  ["Origin", "https://evil.example"],
  ["Origin", "\xff"],
];

/** Headers of a request to this operation but for those that frame it. */
export const headersFor = (
  credential: Operation["credential"],
): fc.Arbitrary<readonly Header[]> => {
  const shows = credential === "none" ? 1 / 4 : 5 / 6;
  return fc
    .tuple(
      seldom(shows, cookies),
      seldom(credential === "access" ? 1 / 2 : 1 / 8, authorization),
      seldom(1 / 12, authorization),
      fc.array(stray, { maxLength: 3 }),
      seldom(1 / 8, fc.constantFrom(...SITES)),
      seldom(1 / 5, fc.constant("text/html,*/*;q=0.8")),
    )
    .map(([cookie, bearer, second, strays, site, accept]) => {
      const known: readonly (readonly [string, string | null])[] = [
        ["Cookie", cookie],
        ["Authorization", bearer],
        ["Authorization", second],
        ["Accept", accept],
      ];
      const shown = known.flatMap(([name, value]): Header[] =>
        value === null ? [] : [[name, value]],
      );
      return [...shown, ...strays, ...(site === null ? [] : [site])];
    });
};
