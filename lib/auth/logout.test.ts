import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { logout } from "./logout";
import { register } from "./register";
import type { Tokens } from "./session";
import { again, BROWSER, isDead, JOHN, signInAsJohn, worldOfJohn } from "./testing/world";

const refusedRefresh = { code: "invalid_refresh_token" };
const DAY_SECONDS = 86_400;

describe("logout", () => {
  // bar 53, 81
  test("ends the session: the last access token is refused at once", async () => {
    const john = await worldOfJohn();
    const { refreshToken } = john.tokens;
    await logout({ refreshToken, accessToken: null, everywhere: false }, john.context);
    expect(await isDead(john.tokens, john)).toBe(true);
  });

  test("takes any generation and declares no reuse", async () => {
    const john = await worldOfJohn();
    const { refreshToken } = john.tokens;
    const current = await again((await again(refreshToken, john)).refreshToken, john);
    john.pass(60);
    await logout({ refreshToken, accessToken: null, everywhere: false }, john.context);
    expect(await isDead(current, john)).toBe(true);
    expect(john.events.map(({ event }) => event)).not.toContain("authn_token_reuse");
  });

  test("takes an access token up to thirty days after its end", async () => {
    const john = await worldOfJohn({
      absoluteSeconds: 90 * DAY_SECONDS,
      idleSeconds: 90 * DAY_SECONDS,
    });
    const other = await signInAsJohn(john);
    const withAccess = ({ accessToken }: Tokens) =>
      logout({ refreshToken: null, accessToken, everywhere: false }, john.context);
    john.pass(900 + 30 * DAY_SECONDS - 1);
    await withAccess(john.tokens);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject(refusedRefresh);
    john.pass(1);
    await withAccess(other);
    await expect(again(other.refreshToken, john)).resolves.toBeTruthy();
  });

  // bar 82
  test("of nothing, garbage or a dead session is no failure", async () => {
    const john = await worldOfJohn();
    const { refreshToken, accessToken } = john.tokens;
    const out = (shown: { refreshToken: string | null; accessToken: string | null }) =>
      logout({ ...shown, everywhere: true }, john.context);
    await out({ refreshToken: null, accessToken: null });
    await out({ refreshToken: "garbage", accessToken: "more.garbage.here" });
    await expect(authorize(accessToken, john.context)).resolves.toBeTruthy();
    await out({ refreshToken, accessToken });
    const later = await signInAsJohn(john);
    await out({ refreshToken, accessToken });
    await expect(authorize(later.accessToken, john.context)).resolves.toBeTruthy();
  });

  // bar 83
  test("everywhere ends all sessions of the user and of nobody else", async () => {
    const john = await worldOfJohn();
    const jane = { ...JOHN, username: "jane", email: "jane@example.com" };
    const hers = await register(jane, BROWSER, null, john.context);
    const phone = await signInAsJohn(john);
    const { refreshToken } = john.tokens;
    await logout({ refreshToken, accessToken: null, everywhere: true }, john.context);
    expect(await isDead(phone, john)).toBe(true);
    await expect(authorize(hers.accessToken, john.context)).resolves.toBeTruthy();
  });
});
