import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { login } from "./login";
import { logout } from "./logout";
import { peek } from "./peek";
import { refresh } from "./refresh";
import { register } from "./register";
import type { Tokens } from "./session";
import { endOtherSessions, endOwnSession, listSessions } from "./sessions";
import { BROWSER, JOHN, type World, world, worldOfJohn } from "./testing/world";
import { grantPassword, grantRefresh } from "./token";
import { visit } from "./visit";

const refusedRefresh = { code: "invalid_refresh_token" };
const refusedAccess = { code: "invalid_token" };
const DAY_SECONDS = 86_400;

const again = (token: string, { context }: World, attempt: string | null = null) =>
  refresh({ token, channel: "cookie", attempt }, context);
const signInAsJohn = ({ context }: World, remember = true) =>
  login({ username: JOHN.username, password: JOHN.password, remember }, BROWSER, null, context);
const isDead = async (tokens: Tokens, given: World) => {
  await expect(authorize(tokens.accessToken, given.context)).rejects.toMatchObject(refusedAccess);
  await expect(again(tokens.refreshToken, given)).rejects.toMatchObject(refusedRefresh);
};

describe("rotation", () => {
  // bar 56
  test("gives a new refresh token and a new access token of the same session", async () => {
    const john = await worldOfJohn();
    const next = await again(john.tokens.refreshToken, john);
    expect(next.refreshToken).not.toBe(john.tokens.refreshToken);
    expect(next.accessToken).not.toBe(john.tokens.accessToken);
    expect(next.session).toMatchObject({ id: john.tokens.session.id, generation: 1 });
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
    const next = await again(john.tokens.refreshToken, john);
    john.pass(10);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      ...refusedRefresh,
      facts: { ended: "reuse" },
    });
    await isDead(next, john);
    expect(john.events).toContainEqual(
      expect.objectContaining({ event: "authn_token_reuse", sessionId: next.session.id }),
    );
    await expect(authorize(elsewhere.accessToken, john.context)).resolves.toBeTruthy();
  });

  // bar 62
  test("a grandparent ends the session even inside the grace", async () => {
    const john = await worldOfJohn();
    const first = await again(john.tokens.refreshToken, john);
    const second = await again(first.refreshToken, john);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject(refusedRefresh);
    await isDead(second, john);
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
    await isDead(found, john);
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
    await isDead(owners, john);
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

  test("the token of a cookie session is refused in a body, and nothing is revoked", async () => {
    const john = await worldOfJohn();
    const inBody = { token: john.tokens.refreshToken, channel: "body", attempt: null } as const;
    await expect(refresh(inBody, john.context)).rejects.toMatchObject(refusedRefresh);
    await expect(again(john.tokens.refreshToken, john)).resolves.toBeTruthy();
  });
});

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
    await isDead(tokens, john);
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
    await isDead(tokens, john);
  });

  // bar 54
  test("a disabled user is out at once", async () => {
    const john = await worldOfJohn();
    john.store.disableUser(john.tokens.user.id);
    await isDead(john.tokens, john);
    await expect(signInAsJohn(john)).rejects.toMatchObject({ code: "invalid_credentials" });
  });

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
    await isDead(second, john);
    await expect(authorize(third.accessToken, john.context)).resolves.toBeTruthy();
    await expect(authorize(api.accessToken, john.context)).resolves.toBeTruthy();
  });
});

describe("logout", () => {
  // bar 53, 81
  test("ends the session: the last access token is refused at once", async () => {
    const john = await worldOfJohn();
    const { refreshToken } = john.tokens;
    await logout({ refreshToken, accessToken: null, everywhere: false }, john.context);
    await isDead(john.tokens, john);
  });

  test("takes any generation and declares no reuse", async () => {
    const john = await worldOfJohn();
    const { refreshToken } = john.tokens;
    const current = await again((await again(refreshToken, john)).refreshToken, john);
    john.pass(60);
    await logout({ refreshToken, accessToken: null, everywhere: false }, john.context);
    await isDead(current, john);
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
    await isDead(phone, john);
    await expect(authorize(hers.accessToken, john.context)).resolves.toBeTruthy();
  });
});

describe("login", () => {
  // bar 76
  test("ends the session whose refresh token came along, and says nothing of reuse later", async () => {
    const john = await worldOfJohn();
    const credentials = { ...JOHN, remember: true };
    const next = await login(credentials, BROWSER, john.tokens.refreshToken, john.context);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      facts: { ended: "replaced" },
    });
    await expect(authorize(next.accessToken, john.context)).resolves.toBeTruthy();
  });

  // bar 2, 3
  test("answers unknown, wrong, too long and impossible alike", async () => {
    const john = await worldOfJohn();
    for (const [username, password] of [
      ["nobody", JOHN.password],
      ["johndoe", "wrong password"],
      ["johndoe", "x".repeat(257)],
      ["not@an@address", JOHN.password],
      ["", JOHN.password],
    ] as const) {
      const attempt = login({ username, password, remember: true }, BROWSER, null, john.context);
      await expect(attempt).rejects.toMatchObject({ code: "invalid_credentials" });
    }
  });

  // bar 21
  test("takes the address as well as the name, in any case", async () => {
    const john = await worldOfJohn();
    for (const username of ["JohnDoe", " JOHN@Example.com "]) {
      const attempt = login(
        { username, password: JOHN.password, remember: true },
        BROWSER,
        null,
        john.context,
      );
      await expect(attempt).resolves.toMatchObject({ user: { username: "johndoe" } });
    }
  });

  // bar 16
  test("brings the stored hash up to today's cost", async () => {
    const john = await worldOfJohn();
    const dearer = {
      ...john,
      context: { ...john.context, settings: { ...john.context.settings, bcryptCost: 5 } },
    };
    await signInAsJohn(dearer);
    const user = await john.store.findUser({ username: "johndoe" });
    expect(user?.passwordHash).toContain("$2b$05$");
    await expect(signInAsJohn(dearer)).resolves.toBeTruthy();
  });

  test("many at once during an upgrade all succeed", async () => {
    const john = await worldOfJohn();
    const dearer = {
      ...john,
      context: { ...john.context, settings: { ...john.context.settings, bcryptCost: 5 } },
    };
    const all = Array.from({ length: 10 }, () => signInAsJohn(dearer));
    await expect(Promise.all(all)).resolves.toHaveLength(10);
  });
});

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
    const attempt = register(bad, BROWSER, null, context);
    await expect(attempt).rejects.toMatchObject({ code: "validation_failed" });
    const error = await attempt.catch(
      (thrown: unknown) => thrown as { facts: { issues: { loc: string[] }[] } },
    );
    const { issues } = (error as { facts: { issues: { loc: string[] }[] } }).facts;
    expect(issues.map(({ loc }) => loc[1])).toEqual(["username", "email", "name", "password"]);
    expect(JSON.stringify(issues)).not.toContain("marker");
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

describe("sessions", () => {
  // bar 78, 79
  test("are listed, ended one by one or all but one, and only by their owner", async () => {
    const john = await worldOfJohn();
    john.pass(1);
    const phone = await signInAsJohn(john);
    const owner = await authorize(john.tokens.accessToken, john.context);
    const ids = (await listSessions(owner, john.context)).map(({ id }) => id);
    expect(ids).toEqual([phone.session.id, john.tokens.session.id]);

    const jane = { ...JOHN, username: "jane", email: "jane@example.com" };
    const hers = await register(jane, BROWSER, null, john.context);
    for (const id of [hers.session.id, "unknown"]) {
      await expect(endOwnSession(owner, id, john.context)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await endOwnSession(owner, phone.session.id, john.context);
    await isDead(phone, john);

    const laptop = await signInAsJohn(john);
    await endOtherSessions(owner, john.context);
    await isDead(laptop, john);
    await expect(authorize(john.tokens.accessToken, john.context)).resolves.toBeTruthy();
    await expect(authorize(hers.accessToken, john.context)).resolves.toBeTruthy();
  });

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

  test("note a visitor who comes from elsewhere", async () => {
    const john = await worldOfJohn();
    await peek(john.tokens.refreshToken, { ...BROWSER, ip: "198.51.100.7" }, john.context);
    expect(john.events.at(-1)).toMatchObject({ event: "session_seen_elsewhere" });
  });
});

describe("the token endpoint", () => {
  const grant = { ...JOHN, scope: "offline_access", client: BROWSER, replaces: null };

  test("opens a session that a body may continue, and a refresh never widens it", async () => {
    const john = await worldOfJohn();
    const tokens = await grantPassword(grant, john.context);
    expect(tokens.scope).toBe("offline_access");
    const asked = { token: tokens.refreshToken, channel: "body", attempt: null } as const;
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
    const shown = { token: john.tokens.refreshToken, channel: "body", attempt: null } as const;
    await expect(grantRefresh(shown, john.context)).rejects.toMatchObject({
      status: 400,
      error: "invalid_grant",
      detail: "Invalid refresh token",
    });
  });
});
