import { expect, test } from "vitest";
import { problemFromCode, problemFromFailure } from "./form-problem";

test("a wrong password marks both fields, and the message alone says what is wrong", () => {
  const problem = problemFromCode("invalid_grant", []);
  expect(problem?.fields).toEqual({ username: "", password: "" });
  expect(problem?.message).toMatch(/Incorrect/);
});

test.each([undefined, "", "made_up", "toString", ["invalid_grant"]])(
  "a code that is not ours (%j) shows nothing",
  (code) => {
    expect(problemFromCode(code, [])).toBeNull();
  },
);

test("a taken name is said beside the name", () => {
  expect(problemFromCode("username_taken", [])?.fields).toEqual({
    username: "This user name is taken.",
  });
});

test("issues remembered from a posted form are shown beside their fields, for validation alone", () => {
  const issues = [{ field: "email", msg: "Not an address." }];
  expect(problemFromCode("validation_failed", issues)?.fields).toEqual({
    email: "Not an address.",
  });
  expect(problemFromCode("rate_limited", issues)?.fields).toEqual({});
});

test("a refusal by script names the field by the end of its location", () => {
  const detail = [{ type: "too_small", loc: ["body", "password"], msg: "At least 8 characters." }];
  const problem = problemFromFailure({
    status: 422,
    error: { detail, error: "validation_failed" },
    retryAfterSeconds: null,
  });
  expect(problem.fields).toEqual({ password: "At least 8 characters." });
});

test.each([
  [1, "one second"],
  [40, "40 seconds"],
  [60, "one minute"],
  [61, "2 minutes"],
  [7199, "120 minutes"],
  [7201, "3 hours"],
  [86_400, "24 hours"],
  [2_592_000, "30 days"],
])("a limit of %d seconds is told as %s", (retryAfterSeconds, words) => {
  const error = { detail: "Too many requests", error: "rate_limited" };
  expect(problemFromFailure({ status: 429, error, retryAfterSeconds }).message).toContain(words);
});

test("no connection and an unknown answer have words of their own", () => {
  const on = (status: number, error: string) =>
    problemFromFailure({ status, error: { detail: "x", error }, retryAfterSeconds: null }).message;
  expect(on(0, "network")).toMatch(/No connection/);
  expect(on(200, "cookies_refused")).toMatch(/cookies/);
  expect(on(500, "internal")).toMatch(/on our side/);
});
