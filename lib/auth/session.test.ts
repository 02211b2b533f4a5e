import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { logout } from "./logout";
import { register } from "./register";
import {
  again,
  BROWSER,
  isDead,
  JOHN,
  START,
  signInAsJohn,
  world,
  worldOfJohn,
} from "./testing/world";
import { grantPassword } from "./token";

const DAY_SECONDS = 86_400;

describe("the ends of a session", () => {
  // bar 71
  test("it dies unused at exactly its idle end", async () => {
    const john = await worldOfJohn({ idleSeconds: 100 });
    john.pass(99.999);
    const next = await again(john.tokens.refreshToken, john);
    john.pass(100);
    await expect(again(next.refreshToken, john)).rejects.toMatchObject({
      facts: { ended: "expired" },
    });
  });

  // bar 70
  test("it dies at its absolute end however often it is used, and its cookies know", async () => {
    const john = await worldOfJohn({ idleSeconds: 60, absoluteSeconds: 100 });
    let { tokens } = john;
    const lives = [tokens.refreshTokenSeconds];
    for (let used = 0; used < 4; used++) {
      john.pass(24);
      tokens = await again(tokens.refreshToken, john);
      lives.push(tokens.refreshTokenSeconds);
    }
    expect(lives).toEqual([60, 60, 52, 28, 4]);
    john.pass(4);
    expect(await isDead(tokens, john)).toBe(true);
  });

  // bar 85
  test("without remember it lasts a day at most", async () => {
    const john = await worldOfJohn();
    let tokens = await signInAsJohn(john, false);
    expect(tokens.refreshTokenSeconds).toBe(DAY_SECONDS);
    john.pass(DAY_SECONDS - 1);
    tokens = await again(tokens.refreshToken, john);
    expect(tokens.refreshTokenSeconds).toBe(1);
    john.pass(1);
    expect(await isDead(tokens, john)).toBe(true);
  });

  // bar 54
  test("a disabled user is out at once", async () => {
    const john = await worldOfJohn();
    john.store.disableUser(john.tokens.user.id);
    expect(await isDead(john.tokens, john)).toBe(true);
    await expect(signInAsJohn(john)).rejects.toMatchObject({ code: "invalid_credentials" });
  });

  // bar 80
  test("sixty logins leave fifty sessions, the newest among them", async () => {
    const john = await worldOfJohn();
    let last = john.tokens;
    for (let logins = 0; logins < 60; logins++) {
      john.pass(1);
      last = await signInAsJohn(john);
    }
    const { user } = john.tokens;
    expect(await john.store.listSessions(user.id, john.context.clock.now())).toHaveLength(50);
    expect(await isDead(john.tokens, john)).toBe(true);
    await expect(authorize(last.accessToken, john.context)).resolves.toBeTruthy();
  });

  // bar F12
  test("a clock that jumps by five minutes ends nothing that lives and revives nothing that ended", async () => {
    const john = await worldOfJohn();
    let { tokens } = john;
    for (const jump of [300, -300, -300, 300]) {
      john.pass(jump);
      const old = tokens;
      tokens = await again(tokens.refreshToken, john);
      await expect(authorize(tokens.accessToken, john.context)).resolves.toBeTruthy();
      expect((await again(old.refreshToken, john)).refreshToken).toBe(tokens.refreshToken);
    }
    const phone = await signInAsJohn(john);
    const { refreshToken } = phone;
    await logout({ refreshToken, accessToken: null, everywhere: false }, john.context);
    john.pass(-300);
    expect(await isDead(phone, john)).toBe(true);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      facts: { ended: "reuse" },
    });
    expect(await isDead(tokens, john)).toBe(true);
  });

  // bar F14
  test.each(["2038-01-19T03:14:08Z", "2106-02-07T06:28:16Z", "2286-11-20T17:46:40Z"])(
    "%s is a moment like any other",
    async (moment) => {
      const john = await world();
      john.pass((Date.parse(moment) - START) / 1000);
      const tokens = await register(JOHN, BROWSER, null, john.context);
      john.pass(899);
      await expect(authorize(tokens.accessToken, john.context)).resolves.toBeTruthy();
      john.pass(1);
      await expect(authorize(tokens.accessToken, john.context)).rejects.toBeTruthy();
      const next = await again(tokens.refreshToken, john);
      expect(next.refreshTokenSeconds).toBe(tokens.refreshTokenSeconds);
      await expect(authorize(next.accessToken, john.context)).resolves.toBeTruthy();
      await expect(signInAsJohn(john)).resolves.toBeTruthy();
    },
  );

  // bar 80
  test("beyond the cap the longest unused session of the same transport ends", async () => {
    const john = await worldOfJohn({ maxSessionsPerUser: 2 });
    const api = await grantPassword(
      { ...JOHN, scope: "", client: BROWSER, replaces: null },
      john.context,
    );
    john.pass(1);
    const second = await signInAsJohn(john);
    john.pass(1);
    await again(john.tokens.refreshToken, john);
    john.pass(1);
    const third = await signInAsJohn(john);
    expect(await isDead(second, john)).toBe(true);
    await expect(authorize(third.accessToken, john.context)).resolves.toBeTruthy();
    await expect(authorize(api.accessToken, john.context)).resolves.toBeTruthy();
  });
});
