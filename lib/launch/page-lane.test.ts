import { expect, test } from "vitest";
import { pagesOf } from "./page-lane";

test("only pages of a fixed path are made past Next's server", () => {
  const built = [
    "/page",
    "/(public)/login/page",
    "/(protected)/(inner)/account/keys/page",
    "/api/health/live/route",
    "/icon.svg/route",
    "/_not-found/page",
    "/_global-error/page",
    "/orders/[id]/page",
    "/[[...rest]]/page",
    "/@side/page",
    "/feed/(..)photo/page",
  ];
  const pages = pagesOf(Object.fromEntries(built.map((page) => [page, `app${page}.js`])));
  expect([...pages]).toEqual([
    ["/", "app/page.js"],
    ["/login", "app/(public)/login/page.js"],
    ["/account/keys", "app/(protected)/(inner)/account/keys/page.js"],
  ]);
});
