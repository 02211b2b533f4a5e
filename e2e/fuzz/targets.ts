import fc from "fast-check";
import type { Operation } from "./endpoints";
import { MARKER, seldom, text } from "./texts";
import { sessionId } from "./tokens";

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

/** The path of this operation, with a session's id or something else in its place, and sometimes a query. */
export const targetOf = ({ path }: Operation) =>
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: sessionId },
        { weight: 1, arbitrary: text.map((value) => encodeURIComponent(value.toWellFormed())) },
      ),
      seldom(1 / 6, query),
    )
    .map(([id, asked]) => path.replace("{id}", id) + (asked ?? ""));

/** A page, a file that must not be served, or a path that is written oddly. */
export const oddTarget: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom<string>(...PAGES),
  fc.constantFrom<string>(...ODD_TARGETS),
  fc.webPath().map((path) => `/api${path}`),
);

/** This method, but once in so many times another one. */
export const mostly = (method: string, times: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: times - 1, arbitrary: fc.constant(method) },
    { weight: 1, arbitrary: fc.constantFrom<string>(...METHODS, ...ODD_METHODS) },
  );
