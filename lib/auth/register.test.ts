import { describe, expect, test } from "vitest";
import type { AuthError } from "./errors";
import { register } from "./register";
import { BROWSER, JOHN, world } from "./testing/world";

describe("registration", () => {
  test("says everything that is wrong at once, and never what was typed", async () => {
    const { context } = await world();
    const bad = {
      username: "-",
      email: "marker",
      password: "short",
      name: "n".repeat(101),
      remember: false,
    };
    const error = await register(bad, BROWSER, null, context).catch((thrown: AuthError) => thrown);
    const fields = ["username", "email", "name", "password"];
    expect(error).toMatchObject({
      code: "validation_failed",
      facts: { issues: fields.map((field) => ({ loc: ["body", field] })) },
    });
    expect(JSON.stringify(error)).not.toContain("marker");
  });

  // bar 8
  test.each([
    ["x".repeat(7), false],
    ["😀".repeat(7), false],
    ["x".repeat(8), true],
    ["😀".repeat(256), true],
    ["😀".repeat(257), false],
  ])("counts code points (%#)", async (password, isAccepted) => {
    const { context } = await world();
    const attempt = register({ ...JOHN, password }, BROWSER, null, context);
    if (isAccepted) await expect(attempt).resolves.toBeTruthy();
    else await expect(attempt).rejects.toMatchObject({ code: "validation_failed" });
  });

  // bar 20
  test("of one name by many at once makes one account", async () => {
    const { context } = await world();
    const attempts = Array.from({ length: 50 }, (_, index) =>
      register({ ...JOHN, email: `john${index}@example.com` }, BROWSER, null, context),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("can be closed", async () => {
    const { context } = await world({ registrationOpen: false });
    await expect(register(JOHN, BROWSER, null, context)).rejects.toMatchObject({
      code: "registration_closed",
    });
  });
});
