import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { Client, embeddedApp, newcomer, PASSWORD, pass, whoAmI } from "@/lib/testing/embedded-app";

const ACCESS = "__Host-access_token";
const REFRESH = "__Host-refresh_token";
const HINT = "__Host-auth_hint";

beforeAll(() => embeddedApp());

describe("logout", () => {
  // bar 53, 81
  test("clears what was set, and the last access token is refused at once", async () => {
    const { client } = await newcomer();
    const thief = client.copy();
    const response = await client.send(logout);
    expect(await response.json()).toEqual({ message: "Successfully logged out" });
    expect(response.headers.getSetCookie()).toEqual([
      `${ACCESS}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`,
      `${REFRESH}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`,
      `${HINT}=; Path=/; Max-Age=0; Secure; SameSite=Lax`,
    ]);
    expect([...client.cookies.keys()]).toEqual(["__Host-device"]);
    const refused = await whoAmI(thief);
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toMatch(
      /^Bearer error="invalid_token", error_description="[^"]+"$/,
    );
    expect((await thief.send(refresh)).status).toBe(401);
  });

  // bar 82
  test("of nothing, garbage and a dead session is the same 200", async () => {
    const { client } = await newcomer();
    const dead = client.copy();
    await client.send(logout);
    const garbage = new Client();
    garbage.cookies.set(REFRESH, "garbage");
    for (const each of [new Client(), garbage, dead]) {
      const response = await each.send(logout);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ message: "Successfully logged out" });
    }
  });

  test("by a Bearer header ends that session and does not touch the cookies", async () => {
    const { client } = await newcomer();
    const other = await newcomer();
    const headers = { authorization: `Bearer ${other.client.cookies.get(ACCESS)}` };
    const response = await client.send(logout, { headers });
    expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
    expect((await whoAmI(client)).status).toBe(200);
    expect((await whoAmI(other.client)).status).toBe(401);
  });

  test("by an expired access token alone still ends the session", async () => {
    const { client } = await newcomer();
    const other = client.copy();
    pass(1000);
    client.cookies.delete(REFRESH);
    await client.send(logout);
    expect((await other.send(refresh)).status).toBe(401);
  });

  // bar 83
  test("everywhere ends all of the user's sessions", async () => {
    const { client, username } = await newcomer();
    const phone = new Client();
    await phone.send(login, { json: { username, password: PASSWORD } });
    const neighbour = await newcomer();
    await client.send(logout, { json: { everywhere: true } });
    expect((await whoAmI(phone)).status).toBe(401);
    expect((await whoAmI(neighbour.client)).status).toBe(200);
  });
});
