import { type Answer, send } from "./send";

/** A request by which somebody might get at the dashboard past its gate. */
export interface WayIn {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers that have opened, or might open, a gate in front of Next's pages, and each transport of a page. */
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  ...["middleware", "src/middleware", "pages/_middleware", "proxy", "src/proxy"].flatMap((name) =>
    [1, 2, 3, 4, 5, 6, 7].map((times) => ({
      "x-middleware-subrequest": Array(times).fill(name).join(":"),
    })),
  ),
  { "x-middleware-next": "1" },
  { "x-middleware-invoke": "1" },
  { "x-middleware-rewrite": "/dashboard" },
  { "x-middleware-prefetch": "1" },
  { "x-middleware-skip": "1" },
  { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "a=b" },
  { "x-nextjs-data": "1" },
  { "x-matched-path": "/dashboard" },
  { "x-invoke-path": "/dashboard", "x-invoke-output": "/dashboard" },
  { "x-invoke-status": "200" },
  { "x-now-route-matches": "1=dashboard" },
  { "x-rewrite-url": "/dashboard" },
  { "x-original-url": "/dashboard" },
  { "x-page-path": "/login" },
  { "x-prerender-revalidate": "1" },
  { purpose: "prefetch" },
  { "sec-purpose": "prefetch" },
  { RSC: "1" },
  { RSC: "1", "Next-Router-Prefetch": "1" },
  { RSC: "1", "Next-Router-Prefetch": "2" },
  { RSC: "1", "Next-Router-Segment-Prefetch": "/_tree" },
  { RSC: "1", "Next-Router-Segment-Prefetch": "/(protected)/dashboard/__PAGE__" },
  { RSC: "1", "Next-Router-State-Tree": "%5B%22%22%2C%7B%7D%5D" },
  { "Next-Action": "a".repeat(40) },
  { "Next-Resume": "1" },
  { accept: "text/x-component" },
];

const PATHS = [
  "//dashboard",
  "/./dashboard",
  "/x/../dashboard",
  "/%2e/dashboard",
  "/login/..%2fdashboard",
  "/%64ashboard",
  "/dash%62oard?x",
  "/dashboard/",
  "/dashboard%2f",
  "/dashboard%00",
  "/dashboard;a",
  "/dashboard#",
  "/dashboard\\",
  "/DASHBOARD",
  "/(protected)/dashboard",
  "/dashboard/page",
  "/index/dashboard",
  "/en/dashboard",
  "/dashboard.rsc",
  "/dashboard.txt",
  "/dashboard?_rsc=1",
  "/dashboard.segments/_tree.segment.rsc",
  "/dashboard.segments/$d$path/dashboard.segment.rsc",
  "/_next/data/x/dashboard.json",
  "/_next/data/x/dashboard.json?nxtPslug=dashboard",
  "/dashboard?nxtPslug=x",
  "/login?nxtPpath=dashboard",
  "/login?__nextDefaultLocale=dashboard&__nextLocale=..",
];

/** Takes a way, also where Next sends a request for RSC to an address of its own first. All that was answered. */
export async function takeWay(
  origin: string,
  way: WayIn,
  cookie: string,
): Promise<readonly Answer[]> {
  const { path, method = "GET", headers } = way;
  const sent = { method, headers: { ...headers, cookie } };
  const first = await send(origin, path, sent);
  const { location = "" } = first.headers;
  return location.includes("_rsc") ? [first, await send(origin, location, sent)] : [first];
}

/** All of them. */
export function waysIn(): readonly WayIn[] {
  return [
    ...HEADERS.map((headers) => ({ path: "/dashboard", headers })),
    ...PATHS.map((path) => ({ path })),
    ...PATHS.map((path) => ({ path, headers: { RSC: "1" } })),
    { path: "/dashboard", method: "HEAD" },
    { path: "/dashboard", method: "POST", headers: { "Next-Action": "a".repeat(40) } },
    { path: "/", method: "POST", headers: { RSC: "1", "Next-Action": "x" } },
  ];
}
