import { beforeAll, describe, expect, test } from "vitest";
import { POST as endOthers } from "@/app/api/auth/sessions/end-others/route";
import { GET as me } from "@/app/api/users/me/route";
import { Client, embeddedApp, newcomer, whoAmI } from "@/lib/testing/embedded-app";

const ACCESS = "__Host-access_token";

beforeAll(() => embeddedApp());

describe("users/me", () => {
  // bar 48, 49, 119
  test("tells no token from a bad one", async () => {
    const none = await new Client().send(me, { method: "GET", headers: { accept: "text/html" } });
    expect([none.status, await none.json(), none.headers.get("www-authenticate")]).toEqual([
      401,
      { detail: "Not authenticated", error: "missing_token" },
      "Bearer",
    ]);
    for (const authorization of [
      "Bearer",
      "Bearer  ",
      "bearer a b",
      "Bearer garbage",
      "Bearer é",
    ]) {
      const bad = await new Client().send(me, { method: "GET", headers: { authorization } });
      expect([bad.status, await bad.json()]).toEqual([
        401,
        { detail: "Could not validate credentials", error: "invalid_token" },
      ]);
      expect(bad.headers.get("www-authenticate")).toMatch(
        /^Bearer error="invalid_token", error_description="[\x20\x21\x23-\x5b\x5d-\x7e]+"$/,
      );
      expect(bad.headers.getSetCookie()).toEqual([]);
    }
  });

  // bar 48
  test("takes no token that comes without the Bearer scheme", async () => {
    const { client } = await newcomer();
    const token = client.cookies.get(ACCESS);
    for (const authorization of [
      `${token}`,
      `Token ${token}`,
      `Basic ${token}`,
      `Bearer:${token}`,
    ]) {
      const other = await new Client().send(me, { method: "GET", headers: { authorization } });
      expect([other.status, (await other.json()).error]).toEqual([401, "missing_token"]);
    }
  });

  // bar 50
  test("takes no token from a URL or a form", async () => {
    const { client } = await newcomer();
    const token = client.cookies.get(ACCESS) ?? "";
    const inQuery = { method: "GET", url: `/api/users/me?access_token=${token}` };
    expect((await new Client().send(me, inQuery)).status).toBe(401);
    const inForm = await new Client().send(endOthers, { form: { access_token: token } });
    expect(inForm.status).toBe(401);
  });

  // bar 30
  test("tells what is documented of the user, and nothing else", async () => {
    const { client, username } = await newcomer();
    expect(await (await whoAmI(client)).json()).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      username,
      email: `${username}@example.com`,
      name: null,
      role: "user",
      disabled: false,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  // bar 48
  test("lets a Bearer header win even when it is bad, and ignores other schemes", async () => {
    const { client } = await newcomer();
    const ask = (authorization: string) =>
      client.send(me, { method: "GET", headers: { authorization } });
    expect((await ask("Bearer garbage")).status).toBe(401);
    expect((await ask("Basic dXNlcjpwYXNz")).status).toBe(200);
    const token = client.cookies.get(ACCESS);
    for (const scheme of ["bearer", "BEARER", "Bearer"]) {
      const headers = { authorization: `${scheme} ${token}` };
      expect((await new Client().send(me, { method: "GET", headers })).status).toBe(200);
    }
  });
});
