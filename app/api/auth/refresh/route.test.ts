import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { Client, embeddedApp, newcomer, PASSWORD, pass, whoAmI } from "@/lib/testing/embedded-app";

const ACCESS = "__Host-access_token";
const REFRESH = "__Host-refresh_token";
const HINT = "__Host-auth_hint";
const DEVICE = "__Host-device";

beforeAll(() => embeddedApp());

describe("refresh", () => {
  test("gives new cookies and the user", async () => {
    const { client } = await newcomer();
    const before = new Map(client.cookies);
    const response = await client.send(refresh);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ expires_in: 900, user: { role: "user" } });
    for (const name of [ACCESS, REFRESH, HINT]) {
      expect(client.cookies.get(name)).not.toBe(before.get(name));
    }
    expect(client.cookies.get(HINT)).toMatch(/\.1$/);
  });

  // bar 60
  test("with the predecessor after the grace ends this session and no other", async () => {
    const { client, username } = await newcomer();
    const phone = new Client();
    await phone.send(login, { json: { username, password: PASSWORD } });
    const thief = client.copy();
    await client.send(refresh);
    pass(11);
    const caught = await thief.send(refresh);
    expect(caught.status).toBe(401);
    expect(await caught.json()).toEqual({
      detail: "Invalid refresh token",
      error: "invalid_grant",
    });
    expect(caught.headers.get("x-session-ended")).toBe("reuse");
    expect(caught.headers.getSetCookie()).toHaveLength(3);
    expect([...thief.cookies.keys()]).toEqual([DEVICE]);
    expect((await whoAmI(client)).status).toBe(401);
    expect((await client.send(refresh)).status).toBe(401);
    expect((await whoAmI(phone)).status).toBe(200);
  });

  test("of a lost answer an hour later gives the identical successor, to the same attempt", async () => {
    const { client } = await newcomer();
    const lost = client.copy();
    const headers = { "x-refresh-attempt": "attempt-1" };
    await client.send(refresh, { headers });
    pass(3600);
    const stranger = lost.copy();
    expect((await lost.send(refresh, { headers })).status).toBe(200);
    expect(lost.cookies.get(REFRESH)).toBe(client.cookies.get(REFRESH));
    const other = await stranger.send(refresh, { headers: { "x-refresh-attempt": "attempt-2" } });
    expect(other.headers.get("x-session-ended")).toBe("reuse");
  });

  // bar 73
  test("without a token is 401 and touches no cookie", async () => {
    const response = await new Client().send(refresh);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      detail: "Invalid refresh token",
      error: "invalid_grant",
    });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("with garbage is 401 and clears it", async () => {
    const client = new Client();
    client.cookies.set(REFRESH, "garbage");
    const response = await client.send(refresh);
    expect(response.status).toBe(401);
    expect(client.cookies.size).toBe(0);
  });

  test("after a logout or a newer login clears nothing, for newer cookies may be on their way", async () => {
    const { client, username } = await newcomer();
    const late = client.copy();
    await client.send(login, { json: { username, password: PASSWORD } });
    const replaced = await late.send(refresh);
    expect([replaced.status, replaced.headers.getSetCookie()]).toEqual([401, []]);
    const later = client.copy();
    await client.send(logout);
    const loggedOut = await later.send(refresh);
    expect([loggedOut.status, loggedOut.headers.getSetCookie()]).toEqual([401, []]);
  });

  // bar 74
  test("with two cookies of one name is 401, revokes nothing and clears nothing", async () => {
    const { client } = await newcomer();
    const attacker = await newcomer();
    const good = client.cookies.get(REFRESH);
    for (const evil of ["evil", attacker.client.cookies.get(REFRESH)]) {
      for (const [first, second] of [
        [evil, good],
        [good, evil],
      ]) {
        const headers = { cookie: `${REFRESH}=${first}; ${REFRESH}=${second}` };
        const response = await new Client().send(refresh, { headers });
        expect([response.status, response.headers.getSetCookie()]).toEqual([401, []]);
      }
    }
    expect((await attacker.client.send(refresh)).status).toBe(200);
    for (const name of ["refresh_token", "__host-refresh_token", "__Secure-refresh_token"]) {
      const response = await new Client().send(refresh, { headers: { cookie: `${name}=${good}` } });
      expect(response.status).toBe(401);
    }
    expect((await client.send(refresh)).status).toBe(200);
  });

  // bar 75
  test("does not look at an access token", async () => {
    const { client } = await newcomer();
    const expired = client.cookies.get(ACCESS);
    pass(1000);
    for (const authorization of ["Bearer garbage", `Bearer ${expired}`, "Bearer"]) {
      expect((await client.send(refresh, { headers: { authorization } })).status).toBe(200);
    }
  });

  test("refuses the token of a cookie session in a body and leaves its cookies alone", async () => {
    const { client } = await newcomer();
    const json = { refresh_token: client.cookies.get(REFRESH) };
    const response = await client.send(refresh, { json });
    expect([response.status, response.headers.getSetCookie()]).toEqual([401, []]);
    expect((await client.send(refresh)).status).toBe(200);
  });
});
