import { expect, test } from "vitest";
import { parseReason, parseTabMessage } from "./tabs";
import { person } from "./testing/fake-server";

const renewed = { kind: "renewed", hint: "v1.a.1", user: person("john"), remainingSeconds: 900 };
const ended = { kind: "ended", session: "v1.a", reason: "reuse" };

test.each([renewed, { ...renewed, remainingSeconds: null }, ended, { ...ended, session: null }])(
  "a message of ours is understood: %j",
  (message) => {
    expect(parseTabMessage(structuredClone(message))).toEqual(message);
  },
);

test.each([
  null,
  undefined,
  "renewed",
  {},
  { kind: "restarted" },
  { ...renewed, hint: 1 },
  { ...renewed, user: null },
  { ...renewed, user: {} },
])("a message of another release is left alone: %j", (message) => {
  expect(parseTabMessage(message)).toBeNull();
});

test("a reason that is not ours counts as expired", () => {
  expect(parseReason("reuse")).toBe("reuse");
  expect([parseReason(null), parseReason("<script>")]).toEqual(["expired", "expired"]);
});
