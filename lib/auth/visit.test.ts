import { describe, expect, test } from "vitest";
import { logout } from "./logout";
import { peek } from "./peek";
import type { Tokens } from "./session";
import { again, BROWSER, JOHN, worldOfJohn } from "./testing/world";
import { grantPassword } from "./token";
import { visit } from "./visit";

describe("pages", () => {
  const shown = (tokens: Tokens, withAccess: boolean) => ({
    accessToken: withAccess ? tokens.accessToken : null,
    refreshToken: tokens.refreshToken,
  });

  test("know a visitor by access token, or by the refresh token alone with no time left", async () => {
    const { tokens, context, pass } = await worldOfJohn();
    const known = await visit(shown(tokens, true), BROWSER, context);
    expect(known).toMatchObject({ kind: "session", authorized: { remainingSeconds: 900 } });
    pass(901);
    for (const withAccess of [true, false]) {
      const seen = await visit(shown(tokens, withAccess), BROWSER, context);
      expect(seen).toMatchObject({ kind: "session", authorized: { remainingSeconds: 0 } });
    }
  });

  // bar 87
  test("accept the predecessor inside the grace, and never rotate", async () => {
    const john = await worldOfJohn();
    await again(john.tokens.refreshToken, john, "attempt");
    john.pass(9);
    const seen = await peek(john.tokens.refreshToken, BROWSER, john.context);
    expect(seen.kind).toBe("session");
    const row = await john.store.findSession(john.tokens.session.id);
    expect(row?.session).toMatchObject({ generation: 1, revokedAt: null });
  });

  test("offer to resume where an attempt was written down, and revoke nothing by looking", async () => {
    const john = await worldOfJohn();
    const next = await again(john.tokens.refreshToken, john, "attempt");
    john.pass(10);
    expect(await peek(john.tokens.refreshToken, BROWSER, john.context)).toEqual({ kind: "resume" });
    const third = await again(next.refreshToken, john);
    john.pass(10);
    for (const { refreshToken } of [john.tokens, next]) {
      const seen = await peek(refreshToken, BROWSER, john.context);
      expect(seen).toEqual({ kind: "none", ended: "unknown" });
    }
    await expect(again(third.refreshToken, john)).resolves.toBeTruthy();
  });

  test("say how a session ended", async () => {
    const john = await worldOfJohn();
    const { refreshToken } = john.tokens;
    await logout({ refreshToken, accessToken: null, everywhere: false }, john.context);
    expect(await visit(shown(john.tokens, true), BROWSER, john.context)).toEqual({
      kind: "none",
      ended: "logout",
    });
  });

  test("know no visitor by the tokens of an API client", async () => {
    const john = await worldOfJohn();
    const grant = { ...JOHN, scope: "", client: BROWSER, replaces: null };
    const tokens = await grantPassword(grant, john.context);
    for (const withAccess of [true, false]) {
      expect((await visit(shown(tokens, withAccess), BROWSER, john.context)).kind).toBe("none");
    }
  });

  test("offer no API client to resume", async () => {
    const john = await worldOfJohn();
    const grant = { ...JOHN, scope: "", client: BROWSER, replaces: null };
    const { refreshToken } = await grantPassword(grant, john.context);
    await again(refreshToken, john, "attempt");
    john.pass(10);
    expect((await peek(refreshToken, BROWSER, john.context)).kind).toBe("none");
  });

  test("note a visitor who comes from elsewhere", async () => {
    const john = await worldOfJohn();
    await peek(john.tokens.refreshToken, { ...BROWSER, ip: "198.51.100.7" }, john.context);
    expect(john.events.at(-1)).toMatchObject({ event: "session_seen_elsewhere" });
  });
});
