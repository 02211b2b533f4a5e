import { expect, test } from "vitest";
import { isCrossSite } from "./same-site";

const ORIGIN = "https://app.example.org";

function passes(headers: Record<string, string>, method = "POST"): boolean {
  return !isCrossSite(new Request(ORIGIN, { method, headers }), ORIGIN);
}

// bar 91, 93
test.each([
  ["same-origin", "https://evil.test", true],
  ["none", "https://evil.test", true],
  ["same-site", ORIGIN, false],
  ["cross-site", ORIGIN, false],
  ["something-new", ORIGIN, true],
  ["something-new", "https://evil.test", false],
])("Sec-Fetch-Site %s with Origin %s passes: %s", (site, origin, expected) => {
  expect(passes({ "sec-fetch-site": site, origin })).toBe(expected);
});

// bar 92
test.each([
  "null",
  "https://app.example.org.evil.test",
  "https://evil.test/https://app.example.org",
  "https://app.example.org:444",
  "http://app.example.org",
  "https://app.example.org.",
  "https://app.example.org,https://evil",
  "",
])("Origin %j alone is refused", (origin) => {
  expect(passes({ origin })).toBe(false);
});

test("our own origin passes in any case", () => {
  expect(passes({ origin: "https://APP.example.org" })).toBe(true);
});

// bar 94
test("a request with neither header comes from no browser and passes", () => {
  expect(passes({})).toBe(true);
});

test.each(["GET", "HEAD", "OPTIONS"])("%s changes nothing and passes", (method) => {
  expect(passes({ "sec-fetch-site": "cross-site", origin: "https://evil.test" }, method)).toBe(
    true,
  );
});
