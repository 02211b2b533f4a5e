import { expect, test } from "vitest";
import { FILE_HEADERS } from "@/lib/http/security-headers";
import { isUnruled } from "./page-rules";

const ours = {
  regex: "^(?:/((?!api(?:/|$)).*))(?:/)?$",
  headers: Object.entries(FILE_HEADERS).map(([key, value]) => ({ key, value })),
};
const slash = { regex: "^(?:/((?:[^/]+?)(?:/(?:[^/]+?))*))/$" };
const none = { headers: [ours], redirects: [slash], rewrites: { beforeFiles: [] } };
const home = { regex: "^/home$" };

test("a page that the configuration says nothing of needs Next's server for nothing", () => {
  for (const path of ["/", "/home", "/home/keys"]) expect(isUnruled(path, none)).toBe(true);
});

test.each([
  ["a redirect", { ...none, redirects: [slash, home] }],
  ["a rewrite", { ...none, rewrites: { beforeFiles: [home] } }],
  [
    "another header",
    { ...none, headers: [ours, { ...home, headers: [{ key: "X", value: "1" }] }] },
  ],
  [
    "another value",
    { ...none, headers: [{ ...ours, headers: [{ ...ours.headers[0], value: "x" }] }] },
  ],
  [
    "our headers for some",
    { ...none, headers: [{ ...ours, has: [{ type: "header", key: "x" }] }] },
  ],
])("%s in the configuration leaves the page to Next's server", (_, rules) => {
  expect(isUnruled("/home", rules as typeof none)).toBe(false);
});
