import { describe, expect, test } from "vitest";
import { BROWSER, JOHN, worldOfJohn } from "./testing/world";
import { grantPassword, grantRefresh } from "./token";

describe("the token endpoint", () => {
  const grant = { ...JOHN, scope: "offline_access", client: BROWSER, replaces: null };

  test("opens a session that a body may continue, and a refresh never widens it", async () => {
    const john = await worldOfJohn();
    const tokens = await grantPassword(grant, john.context);
    expect(tokens.scope).toBe("offline_access");
    const asked = {
      token: tokens.refreshToken,
      channel: "body",
      attempt: null,
      ip: BROWSER.ip,
    } as const;
    const next = await grantRefresh({ ...asked, scope: "profile offline_access" }, john.context);
    expect(next.scope).toBe("offline_access");
    expect(next.refreshToken).not.toBe(tokens.refreshToken);
  });

  test("says 400 where the others say 401", async () => {
    const john = await worldOfJohn();
    await expect(
      grantPassword({ ...grant, password: "wrong" }, john.context),
    ).rejects.toMatchObject({
      status: 400,
      error: "invalid_grant",
      detail: "Incorrect username or password",
    });
    const shown = {
      token: john.tokens.refreshToken,
      channel: "body",
      attempt: null,
      ip: BROWSER.ip,
    } as const;
    await expect(grantRefresh(shown, john.context)).rejects.toMatchObject({
      status: 400,
      error: "invalid_grant",
      detail: "Invalid refresh token",
    });
  });
});
