import { describe, expect, test } from "vitest";
import { verifyAccessToken } from "./access-token";
import { authorize } from "./authorize";
import { refresh } from "./refresh";
import type { Tokens } from "./session";
import type { Store } from "./store";
import { again, BROWSER, isDead, signInAsJohn, world, worldOfJohn } from "./testing/world";

const refusedRefresh = { code: "invalid_refresh_token" };

describe("rotation", () => {
  // bar 56
  test("gives a new refresh token and a new access token of the same session", async () => {
    const john = await worldOfJohn();
    const next = await again(john.tokens.refreshToken, john);
    expect(next.refreshToken).not.toBe(john.tokens.refreshToken);
    expect(next.accessToken).not.toBe(john.tokens.accessToken);
    expect(next.session).toMatchObject({ id: john.tokens.session.id, generation: 1 });
    const { jti, ...before } = await verifyAccessToken(john.tokens.accessToken, john.context);
    const after = await verifyAccessToken(next.accessToken, john.context);
    expect(after).toMatchObject({ sub: before.sub, sid: before.sid });
    expect(after.jti).not.toBe(jti);
    await expect(authorize(next.accessToken, john.context)).resolves.toBeTruthy();
  });

  // bar 61
  test("repeats the identical successor inside the grace, which then rotates once", async () => {
    const john = await worldOfJohn();
    const first = await again(john.tokens.refreshToken, john);
    john.pass(9.999);
    const second = await again(john.tokens.refreshToken, john);
    expect(second.refreshToken).toBe(first.refreshToken);
    expect((await again(first.refreshToken, john)).session.generation).toBe(2);
  });

  // bar 60
  test("after the grace an old token ends its session, and no other", async () => {
    const john = await worldOfJohn();
    const elsewhere = await signInAsJohn(john);
    const chain = [john.tokens];
    let next = john.tokens;
    for (let rotation = 0; rotation < 3; rotation++) {
      next = await again(next.refreshToken, john);
      chain.push(next);
    }
    john.pass(10);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      ...refusedRefresh,
      facts: { ended: "reuse" },
    });
    for (const tokens of chain.reverse()) expect(await isDead(tokens, john)).toBe(true);
    expect(john.events).toContainEqual(
      expect.objectContaining({ event: "authn_token_reuse", sessionId: next.session.id }),
    );
    await expect(authorize(elsewhere.accessToken, john.context)).resolves.toBeTruthy();
  });

  // bar 60
  test("after the grace even the predecessor ends its session", async () => {
    const john = await worldOfJohn();
    const next = await again(john.tokens.refreshToken, john);
    john.pass(10);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      facts: { ended: "reuse" },
    });
    expect(await isDead(next, john)).toBe(true);
  });

  // bar 63
  test("without a grace the second use ends the session at once", async () => {
    const john = await worldOfJohn({ graceSeconds: 0 });
    const next = await again(john.tokens.refreshToken, john);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      ...refusedRefresh,
      facts: { ended: "reuse" },
    });
    expect(await isDead(next, john)).toBe(true);
  });

  // bar 62
  test("a grandparent ends the session even inside the grace", async () => {
    const john = await worldOfJohn();
    const first = await again(john.tokens.refreshToken, john);
    const second = await again(first.refreshToken, john);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject(refusedRefresh);
    expect(await isDead(second, john)).toBe(true);
  });

  test("an answer that was lost is given again an hour later, to the same attempt alone", async () => {
    const john = await worldOfJohn();
    const lost = await again(john.tokens.refreshToken, john, "attempt-1");
    john.pass(3600);
    const found = await again(john.tokens.refreshToken, john, "attempt-1");
    expect(found.refreshToken).toBe(lost.refreshToken);
    await expect(again(john.tokens.refreshToken, john, "attempt-2")).rejects.toMatchObject({
      facts: { ended: "reuse" },
    });
    expect(await isDead(found, john)).toBe(true);
  });

  test("past the recovery window the same attempt is refused without an alarm", async () => {
    const john = await worldOfJohn({ recoverySeconds: 60 });
    await again(john.tokens.refreshToken, john, "attempt-1");
    john.pass(60);
    await expect(again(john.tokens.refreshToken, john, "attempt-1")).rejects.toMatchObject({
      facts: { ended: "recovery_expired" },
    });
    expect(john.events.map(({ event }) => event)).not.toContain("authn_token_reuse");
  });

  test("a thief who refreshes in step with the owner is caught at the next divergence", async () => {
    const john = await worldOfJohn();
    const stolen = john.tokens.refreshToken;
    const owners = await again(stolen, john, "owner");
    john.pass(300);
    await expect(again(stolen, john, "thief")).rejects.toMatchObject(refusedRefresh);
    expect(await isDead(owners, john)).toBe(true);
  });

  test("a generation ahead of the row is refused and nothing is revoked", async () => {
    const john = await worldOfJohn();
    const ahead = await again(john.tokens.refreshToken, john);
    const { store } = await world();
    await store.createUser(john.tokens.user);
    await store.openSession(john.tokens.session, john.tokens.user.passwordHash, 50);
    const restored = { ...john, context: { ...john.context, store } };
    await expect(again(ahead.refreshToken, restored)).rejects.toMatchObject(refusedRefresh);
    await expect(again(john.tokens.refreshToken, restored)).resolves.toBeTruthy();
  });

  // bar 65
  test("who comes as the session ends by time, while somebody renews it, is not refused", async () => {
    const john = await worldOfJohn({ idleSeconds: 100 });
    const { store, clock } = john.context;
    const { refreshToken } = john.tokens;
    john.pass(100);
    const early = { context: { ...john.context, clock: { now: () => clock.now() - 1 } } };
    let renewed: Promise<Tokens> | undefined;
    const rotateSession: Store["rotateSession"] = async (...given) => {
      const answer = await store.rotateSession(...given);
      renewed ??= again(refreshToken, early);
      await renewed;
      return answer;
    };
    const late = await again(refreshToken, {
      context: { ...john.context, store: { ...store, rotateSession } },
    });
    expect(late.refreshToken).toBe((await renewed)?.refreshToken);
  });

  // bar 65
  test("where it cannot be told whether a session lives, nobody is signed out", async () => {
    const john = await worldOfJohn();
    const store: Store = { ...john.context.store, rotateSession: async () => null };
    const undecided = again(john.tokens.refreshToken, { context: { ...john.context, store } });
    await expect(undecided).rejects.toMatchObject({ code: "unavailable" });
  });

  test("the token of a cookie session is refused in a body, and nothing is revoked", async () => {
    const john = await worldOfJohn();
    const inBody = {
      token: john.tokens.refreshToken,
      channel: "body",
      attempt: null,
      ip: BROWSER.ip,
    } as const;
    await expect(refresh(inBody, john.context)).rejects.toMatchObject(refusedRefresh);
    await expect(again(john.tokens.refreshToken, john)).resolves.toBeTruthy();
  });
});
