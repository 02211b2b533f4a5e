import { expect, test } from "vitest";
import { grantScope, narrowScope } from "./policy";

test.each([
  ["", "user", "profile"],
  ["offline_access", "user", "offline_access"],
  ["offline_access profile admin items", "user", "profile offline_access"],
  ["admin", "admin", "admin"],
  ["", "admin", "profile admin"],
] as const)("asking for %j as %s grants %j", (requested, role, granted) => {
  expect(grantScope(requested, role)).toBe(granted);
});

test("a refresh never widens, and the live role narrows", () => {
  expect(narrowScope("profile", "user", "profile admin offline_access")).toBe("profile");
  expect(narrowScope("profile admin", "user")).toBe("profile");
  expect(narrowScope("profile offline_access", "user", "offline_access")).toBe("offline_access");
});
