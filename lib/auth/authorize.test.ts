import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { worldOfJohn } from "./testing/world";

describe("authorize", () => {
  test("an endpoint may ask for a role or a scope", async () => {
    const { tokens, context } = await worldOfJohn();
    await expect(
      authorize(tokens.accessToken, context, { scope: "profile" }),
    ).resolves.toBeTruthy();
    for (const need of [{ role: "admin" }, { scope: "admin" }] as const) {
      await expect(authorize(tokens.accessToken, context, need)).rejects.toMatchObject({
        code: "insufficient_scope",
      });
    }
    await expect(authorize(null, context)).rejects.toMatchObject({ code: "missing_token" });
  });
});
