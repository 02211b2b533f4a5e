import { expect, test } from "vitest";
import { isReserved, parseEmail, parseIdentifier, parseUsername } from "./identifier";

// bar 21
test.each([
  ["JohnDoe", { username: "johndoe" }],
  ["  johndoe ", { username: "johndoe" }],
  ["ｊｏｈｎ", { username: "john" }],
  [" USER@Example.COM ", { email: "user@example.com" }],
  ["a.b+c@mail.example.org", { email: "a.b+c@mail.example.org" }],
])("%j is %o", (typed, identifier) => {
  expect(parseIdentifier(typed)).toEqual(identifier);
});

test.each([
  "",
  " ",
  "ab",
  "a".repeat(33),
  "-john",
  ".john",
  "jo hn",
  "jo\u200bhn",
  "юзер",
  "john!",
])("%j is no user name", (typed) => {
  expect(parseUsername(typed)).toBeNull();
});

// bar 23, 24
test.each([
  "a@evil.com＠victim.com",
  "a＠x.com",
  "a﹫x.com",
  "\u212Aelvin@x.com",
  "İ@x.com",
  "ſtest@x.com",
  "a\u200b@x.com",
  "a\u00ad@x.com",
  "a@x.com,b@y.com",
  "a@x.com\nBcc: b@y.com",
  "a@x.com, <a href=x>",
  "a@b@c.com",
  "a@localhost",
  "@x.com",
  "a@",
  "a@-x.com",
  "a@x..com",
  "a b@x.com",
  `${"a".repeat(65)}@x.com`,
  `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(20)}.com`,
])("%j is no address", (typed) => {
  expect(parseEmail(typed)).toBeNull();
});

test("what looks like an address never falls back to a name", () => {
  expect(parseIdentifier("john@")).toBeNull();
  expect(parseIdentifier("john＠example.com")).toBeNull();
});

test("names of the house are reserved", () => {
  for (const name of ["admin", "root", "support", "security", "api", "latchkey"]) {
    expect(isReserved(name)).toBe(true);
  }
  expect(isReserved("johndoe")).toBe(false);
});
