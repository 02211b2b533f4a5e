import { beforeAll, describe, expect, test } from "vitest";
import { GET as me } from "@/app/api/users/me/route";
import { Client, embeddedApp, newcomer } from "@/lib/testing/embedded-app";

const ACCESS = "__Host-access_token";

beforeAll(() => embeddedApp());

describe("users/me", () => {
  // bar 48, 49, 50, 119
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
    }
  });

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
    const inQuery = { method: "GET", url: `/api/users/me?access_token=${token}` };
    expect((await new Client().send(me, inQuery)).status).toBe(401);
  });
});
