import { expect, test } from "vitest";
import { renewDeviceToken } from "./auth/device";
import type { UserId } from "./auth/store";
import { testKeys } from "./auth/testing/world";
import { capped, describeError, safeLine } from "./redaction";

const JWS = "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
const REFRESH_TOKEN = Buffer.from([1, ...Array(53).fill(171)]).toString("base64url");
const DEVICE_TOKEN = renewDeviceToken(
  null,
  { id: "zW9bEAwX1Qb3p4d5e6f7gA" as UserId, deviceEpoch: 0 },
  await testKeys,
);
const HASH = `$2b$12$${"nobody".repeat(9).slice(0, 53)}`;

// bar 152
test.each([
  ["an access token", JWS],
  ["a refresh token", REFRESH_TOKEN],
  ["a device token", DEVICE_TOKEN],
  ["a stored password", HASH],
  ["one from Better Auth", `$latchkey$better-auth$${"0a".repeat(16)}$${"1b".repeat(64)}`],
])("%s is cut out of a line, which stays a JSON line", (_, secret) => {
  const line = safeLine(JSON.stringify({ before: "a", text: `x=${secret};`, after: "b" }));
  expect(JSON.parse(line)).toEqual({ before: "a", text: "x=[secret];", after: "b" });
});

// bar 152
test("the password in a URL is cut out, the rest of it stays", () => {
  expect(safeLine("at postgresql://latchkey:pa55@db.internal:5432/latchkey now")).toBe(
    "at postgresql://latchkey:[secret]@db.internal:5432/latchkey now",
  );
  expect(safeLine("https://app.example.org:443/a@b")).toBe("https://app.example.org:443/a@b");
});

test("ids and sentences are left as they are", () => {
  const line = JSON.stringify({ userId: "zW9bEAwX1Qb3p4d5e6f7gA", msg: "Latchkey listens on …" });
  expect(safeLine(line)).toBe(line);
});

/** An error as drivers make them, with everything hanging on it. */
class DriverError extends Error {
  override readonly name = "DatabaseError";
  readonly code = "23505";
  readonly detail = "Key (email)=(marker@example.org) already exists.";
  readonly parameters = ["marker"];
}

// bar 152
test("of an error its name, code, message and frames are told, and its causes; nothing that hangs on it", () => {
  const kind = "UniqueConstraintViolation";
  const cause = { kind, originalCode: "23505", originalMessage: 'constraint "user_email_key"' };
  const meta = { modelName: "User", driverAdapterError: new Error(kind, { cause }) };
  const error = Object.assign(new Error("failed", { cause: new DriverError("marker") }), {
    body: { password: "marker" },
  });
  expect(describeError(error)).toEqual({
    type: "Error",
    message: "failed",
    stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
    cause: expect.objectContaining({ type: "DatabaseError", code: "23505" }),
  });
  expect(JSON.stringify(describeError(error))).not.toContain("example.org");
  expect(describeError(Object.assign(new Error("x"), { meta })).cause?.cause).toEqual({
    type: kind,
    code: "23505",
    message: 'constraint "user_email_key"',
  });
});

// bar 152
test.each([
  [
    'Unexpected token S, "S3cr3t-mar"... is not valid JSON',
    'Unexpected token S, "…"... is not valid JSON',
  ],
  ["Key (email)=(john@example.org) already exists.", "Key (email)=(…) already exists."],
  ['invalid input syntax for type bigint: "S3cr3t"', 'invalid input syntax for type bigint: "…"'],
  [
    "Expected a string in column 'password_hash', got object: S3\ncr3t",
    "Expected a string in column 'password_hash', got object: …",
  ],
  ['relation "session" does not exist', 'relation "session" does not exist'],
])("the message '%s' is told without values", (message, told) => {
  const { message: described, stack } = describeError(new Error(message));
  expect(described).toBe(told);
  expect(stack?.join()).not.toContain("S3");
});

test("a chain of causes ends, even where it is a ring, and anything may be thrown", () => {
  const ring = new Error("ring");
  ring.cause = ring;
  expect(JSON.stringify(describeError(ring)).match(/"cause"/g)).toHaveLength(4);
  expect(describeError(undefined)).toEqual({ type: "undefined" });
  expect(describeError({ password: "marker" })).toEqual({ type: "object" });
  expect(describeError("text")).toEqual({ type: "string", message: "text" });
});

test("a text is cut at a thousand characters", () => {
  expect(capped("a".repeat(1000))).toHaveLength(1000);
  expect(capped("a".repeat(1001))).toBe(`${"a".repeat(1000)}…`);
});
