import { expect, test } from "vitest";
import { loginPath, safeNext } from "./next-path";
import { astray } from "./testing/astray";

test.each([
  ["/dashboard", "/dashboard"],
  ["/account/settings?tab=2#x", "/account/settings?tab=2#x"],
  ["/", "/"],
  ["/中文?x=é", "/%E4%B8%AD%E6%96%87?x=%C3%A9"],
  ["/a/../b", "/b"],
  ["/loginhelp", "/loginhelp"],
  ["/%zz", "/%zz"],
])("%s leads to %s", (next, path) => {
  expect(safeNext(next)).toBe(path);
});

const LEADING_HOME: unknown[] = [
  "",
  "dashboard",
  "//evil.com",
  "///evil.com",
  "/\\evil.com",
  "\\/evil.com",
  "/.//evil.com",
  "/..//evil.com",
  "/a/..//evil.com",
  "/%2e//evil.com",
  "/\t/evil.com",
  "/\n/evil.com",
  "\t//evil.com",
  "https://evil.com",
  "https:evil",
  "http:/evil.com",
  "javascript:alert(1)",
  "//localhost:3000@evil.com",
  "//latchkey.invalid",
  "/api/auth/logout",
  "/API/users/me",
  "/%61pi/users/me",
  "/%6cogin",
  "/_next/static/x",
  "/login",
  "/login?next=/login",
  "/logout",
  "/a/../login",
  `/${"a".repeat(8192)}`,
  null,
  undefined,
  5,
  ["/a", "/b"],
];

// bar 106, 107
test("whatever leaves the site, is no page or is no text leads home", () => {
  for (const next of LEADING_HOME) expect(safeNext(next), JSON.stringify(next)).toBe("/dashboard");
});

test("every answer is a path of printable ASCII that means the same when it is read again", () => {
  for (const next of ["/ü", "/a b", "/%09/x", "/x?y=<z>", "/@evil.com", "/;//x"]) {
    const path = safeNext(next);
    expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
    expect(safeNext(path)).toBe(path);
  }
});

/** Where pages of ours stand: a relative target means something else below each. */
const BASES = ["http://localhost:3000/login", "https://app.example.org/api/auth/logout"];

// bar 106
test("of all that ever led astray nothing does, from wherever it is followed", () => {
  const values = astray();
  expect(values.length).toBeGreaterThan(5000);
  const wrong = values.filter((next) => {
    const path = safeNext(next);
    const stays = BASES.every((base) => new URL(path, base).origin === new URL(base).origin);
    const isPlain = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path);
    return !stays || !isPlain || safeNext(path) !== path;
  });
  expect(wrong).toEqual([]);
});

// bar 106
test("those are worth the test: a check of the origin alone would let some of them pass", () => {
  const base = BASES[0] ?? "";
  const emitted = astray().flatMap((next) => {
    const url = URL.canParse(next, base) ? new URL(next, base) : null;
    return url?.origin === new URL(base).origin ? [url.pathname] : [];
  });
  const isHere = (path: string) =>
    URL.canParse(path, base) && new URL(path, base).origin === new URL(base).origin;
  const leaving = emitted.filter((path) => !isHere(path));
  expect(leaving.length).toBeGreaterThan(100);
});

test("the login page is told where to come back to", () => {
  expect(loginPath("/dashboard")).toBe("/login?next=%2Fdashboard");
  expect(loginPath("/a?b=c&d", { reason: "reuse" })).toBe(
    "/login?reason=reuse&next=%2Fa%3Fb%3Dc%26d",
  );
});
