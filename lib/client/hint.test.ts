import { expect, test } from "vitest";
import { compareHints, readCookie, sessionOf } from "./hint";

test.each([
  ["v1.a.1", "v1.a.1", "same"],
  [null, null, "same"],
  ["v1.a.1", "v1.a.2", "moved"],
  ["v1.a.2", "v1.a.1", "moved"],
  ["v1.a.1", null, "gone"],
  [null, "v1.a.1", "other"],
  ["v1.a.1", "v1.b.1", "other"],
] as const)("from %s to %s the hint is %s", (before, now, change) => {
  expect(compareHints(before, now)).toBe(change);
});

test("the session is named by all but the generation", () => {
  expect(sessionOf("v1.0badcafe.12")).toBe("v1.0badcafe");
  expect(sessionOf("nonsense")).toBe("nonsense");
});

test.each([
  ["__Host-auth_hint=v1.a.1", "v1.a.1"],
  ["a=b; __Host-auth_hint=v1.a.1; c=d", "v1.a.1"],
  ["x__Host-auth_hint=v1.a.1", null],
  ["__Host-auth_hint=", null],
  ["", null],
])("the hint in %j is %j", (cookies, hint) => {
  expect(readCookie(cookies, "__Host-auth_hint")).toBe(hint);
});
