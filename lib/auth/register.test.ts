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
    ["k3J9x!Q", false],
    ["😀".repeat(7), false],
    ["k3J9x!Qz", true],
    ["😀😁😂🤣😃😄😅😆", true],
    ["😀".repeat(256), true],
    ["😀".repeat(257), false],
  ])("counts code points (%#)", async (password, isAccepted) => {
    const { context } = await world();
    const attempt = register({ ...JOHN, password }, BROWSER, null, context);
    if (isAccepted) await expect(attempt).resolves.toBeTruthy();
    else await expect(attempt).rejects.toMatchObject({ code: "validation_failed" });
  });

  // bar 8
  test.each([
    [14, false],
    [15, true],
  ])("asks for the length that is set (%d of 15)", async (length, isAccepted) => {
    const { context } = await world({ passwordMinLength: 15 });
    const password = "k3J9x!Qz7vTm2Wd".slice(0, length);
    const attempt = register({ ...JOHN, password }, BROWSER, null, context);
    if (isAccepted) await expect(attempt).resolves.toBeTruthy();
    else
      await expect(attempt).rejects.toMatchObject({ facts: { issues: [{ type: "too_short" }] } });
  });

  // bar 10, 11
  test.each([
    ["password1", "too_common"],
    ["abcabcabcabc", "too_guessable"],
    ["johndoe12345678", "made_of_own_name"],
  ])("refuses %s as %s, with a reason and before anything is hashed", async (password, type) => {
    const { context, store } = await world();
    const hash = () => Promise.reject(new Error("hashed"));
    const unhashed = { ...context, hasher: { ...context.hasher, hash } };
    await expect(register({ ...JOHN, password }, BROWSER, null, unhashed)).rejects.toMatchObject({
      code: "validation_failed",
      facts: {
        issues: [{ type, loc: ["body", "password"], msg: expect.stringMatching(/\w+ \w+/) }],
      },
    });
    expect(await store.findUser({ username: JOHN.username })).toBeNull();
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
