import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ROUTE_PATTERNS, routePattern } from "./route-pattern";

test("every page and handler has its pattern, and nothing else has one", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file) && !file.includes("[[..."));
  const patterns = files.map(
    (file) =>
      `/${file.replace(/\([^)]*\)\/|\/?(page\.tsx|route\.ts)$/g, "").replace(/\[(\w+)\]/g, "{$1}")}`,
  );
  expect([...ROUTE_PATTERNS].sort()).toEqual(patterns.sort());
});

test.each([
  ["/api/auth/sessions/abc", "/api/auth/sessions/{id}"],
  ["/api/auth/sessions/abc/end", "/api/auth/sessions/{id}/end"],
  ["/api/auth/sessions/end-others", "/api/auth/sessions/end-others"],
  ["/_next/static/chunks/1.js", "/_next/static/*"],
  ["/api/auth/sessions/abc/def", "other"],
  ["/api/auth/login/", "other"],
  ["//api/auth/login", "other"],
  ["/wp-login.php", "other"],
  ["", "other"],
])("%s is counted as %s", (path, pattern) => {
  expect(routePattern(path)).toBe(pattern);
});
