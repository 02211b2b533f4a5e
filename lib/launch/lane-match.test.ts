import { expect, test } from "vitest";
import { pathMatcher } from "./lane-match";

const match = pathMatcher(
  [
    "/api/[[...path]]",
    "/api/sessions/[id]",
    "/api/sessions/[id]/end",
    "/api/sessions",
    "/api/sessions/end-others",
    "/api/files/[...path]",
    "/api/v1.0/[name]",
  ].map((path) => [path, path] as const),
);

test.each([
  ["/api/sessions", "/api/sessions", {}],
  ["/api/sessions/end-others", "/api/sessions/end-others", {}],
  ["/api/sessions/a-b_c", "/api/sessions/[id]", { id: "a-b_c" }],
  ["/api/sessions/a%2Fb", "/api/sessions/[id]", { id: "a/b" }],
  ["/api/sessions/abc/end", "/api/sessions/[id]/end", { id: "abc" }],
  ["/api/files/a/b%20c", "/api/files/[...path]", { path: ["a", "b c"] }],
  ["/api/v1.0/x", "/api/v1.0/[name]", { name: "x" }],
  ["/api", "/api/[[...path]]", {}],
  ["/api/v1_0/x", "/api/[[...path]]", { path: ["v1_0", "x"] }],
  ["/api/sessions/abc/other", "/api/[[...path]]", { path: ["sessions", "abc", "other"] }],
])("%s is answered by %s", (path, route, params) => {
  expect(match(path)).toEqual({ value: route, params });
});

// bar 130
test.each([
  "/api/sessions/",
  "/api//sessions",
  "/api/sess%69ons",
  "/API/sessions",
  "//api/sessions",
])("%s is not another way to say /api/sessions", (path) => {
  expect(match(path)?.value).not.toBe("/api/sessions");
});

test("a path of nobody is said to be that", () => {
  expect(match("/other")).toBeNull();
  expect(match("/apix")).toBeNull();
});

test.each(["/api/(.)photo", "/api/@slot", "/api/[[id]]"])("%s is no route of ours", (path) => {
  expect(() => pathMatcher([[`${path}/[id]`, 0]])).toThrow(path);
});
