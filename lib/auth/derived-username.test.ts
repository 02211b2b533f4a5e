import { expect, test } from "vitest";
import { derivedUsernames } from "./derived-username";

test("a name is made of what stands before the @, and then with more and more of a hash", () => {
  expect(derivedUsernames("anna.b@example.com")).toEqual([
    "anna.b",
    "anna.b-9d77",
    "anna.b-9d77b80b",
    "anna.b-9d77b80b67f60461",
  ]);
});

test.each([
  ["anna+news@example.com", "anna-news"],
  ["_anna@example.com", "anna"],
  ["o'hara!!x@example.com", "o-hara-x"],
  [`${"x".repeat(64)}@example.com`, /^x{27}-[0-9a-f]{4}$/],
  ["jo@example.com", /^jo-[0-9a-f]{4}$/],
  ["admin@example.com", /^admin-[0-9a-f]{4}$/],
  ["#@example.com", /^user-[0-9a-f]{4}$/],
  ["___@example.com", /^user-[0-9a-f]{4}$/],
])("%s becomes a name that may be had", (email, expected) => {
  const [best] = derivedUsernames(email);
  expect(best).toEqual(expect.stringMatching(expected));
});

test("the same address gets the same names, and another one others", () => {
  const [, ...ofAnna] = derivedUsernames("anna@example.com");
  expect(derivedUsernames("anna@example.com").slice(1)).toEqual(ofAnna);
  for (const name of derivedUsernames("anna@example.org").slice(1)) {
    expect(ofAnna).not.toContain(name);
  }
});
