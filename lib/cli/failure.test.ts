import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { AuthError } from "@/lib/auth/errors";
import { SettingsError } from "@/lib/config";
import { CommandFailure, explain } from "./failure";

test.each<[unknown, number, string | RegExp]>([
  [new CommandFailure("No user."), 1, "No user."],
  [new CommandFailure("Say which.", 2), 2, "Say which."],
  [new CommanderError(1, "commander.unknownOption", "told already"), 2, ""],
  [new CommanderError(0, "commander.version", "told already"), 0, ""],
  [
    new SettingsError(["PORT must be a number"]),
    1,
    /^The settings.*\n {2}- PORT must be a number$/,
  ],
  [new AuthError("email_taken"), 1, "This e-mail address is taken."],
  [new AuthError("unavailable"), 1, /latchkey doctor/],
  [new Error("Raw query failed. Message: `no such table: user`"), 1, /run `latchkey migrate`/],
  [new Error('Message: `relation "user" does not exist`'), 1, /run `latchkey migrate`/],
  [
    Object.assign(new Error("EROFS: mkdir '.data'"), { code: "EROFS", path: ".data" }),
    1,
    "EROFS: mkdir '.data': this file cannot be used.",
  ],
  [new TypeError("a bug"), 1, /^TypeError: a bug\n +at /],
])("%s", (thrown, exitCode, words) => {
  const explained = explain(thrown);
  expect(explained.exitCode).toBe(exitCode);
  if (typeof words === "string") expect(explained.words).toBe(words);
  else expect(explained.words).toMatch(words);
});
