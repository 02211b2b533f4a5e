import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { SettingsError } from "@/lib/config";
import { problemsOf } from "./settings";

test("settings that are not usable are told one by one", () => {
  const problems = ["PORT must be a number", "HOST must be an address"];
  expect(problemsOf(new SettingsError(problems))).toEqual(problems);
});

test("a secret that cannot be kept is a problem, and not the end of the doctor", () => {
  expect(problemsOf(thrownBy(() => mkdirSync("package.json/.data")))).toEqual([
    expect.stringMatching(/^AUTH_SECRET is not set, .* \(E[A-Z]+\)$/),
  ]);
});

test("what nobody expected stays what it is", () => {
  const bug = new TypeError("a bug");
  expect(thrownBy(() => problemsOf(bug))).toBe(bug);
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
}
