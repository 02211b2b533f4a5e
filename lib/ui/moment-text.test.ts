import { expect, test } from "vitest";
import { agoText, utcText } from "./moment-text";

test("a moment is written in UTC, whatever the locale", () => {
  expect(utcText("2026-01-05T07:31:59.999Z")).toBe("5 Jan 2026, 07:31 UTC");
});

test.each([
  ["2026-11-22T12:00:05.000Z", "just now"],
  ["2026-11-22T11:59:01.000Z", "just now"],
  ["2026-11-22T11:59:00.000Z", "1 minute ago"],
  ["2026-11-22T10:00:01.000Z", "1 hour ago"],
  ["2026-11-20T12:00:00.000Z", "2 days ago"],
])("at noon, %s was %s", (iso, words) => {
  expect(agoText(iso, Date.parse("2026-11-22T12:00:00.000Z"))).toBe(words);
});
