import { beforeAll, describe, expect, test } from "vitest";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { GET as me } from "@/app/api/users/me/route";
import { Client, embeddedApp, newcomer, PASSWORD } from "@/lib/testing/embedded-app";
import { POST as token } from "./route";

const REFRESH = "__Host-refresh_token";
let username = "";

beforeAll(async () => {
  await embeddedApp();
  ({ username } = await newcomer());
});

const grant = (client: Client, form: Record<string, string> = {}, headers = {}) =>
  client.send(token, { form: { username, password: PASSWORD, ...form }, headers });
const meBy = (accessToken: string) =>
  new Client().send(me, { method: "GET", headers: { authorization: `Bearer ${accessToken}` } });

describe("the password grant", () => {
  // bar 1
  test.each([
    [{}],
    [{ grant_type: "password" }],
    [{ scope: "", client_id: "x", client_secret: "y" }],
  ])("gives an access token in the body and the refresh token as a cookie (%o)", async (form) => {
    const client = new Client();
    const response = await grant(client, form, { authorization: "Basic eDp5" });
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 900,
      scope: "profile",
    });
    expect([...client.cookies.keys()]).toEqual([REFRESH]);
    expect(response.headers.getSetCookie()[0]).toMatch(/Max-Age=604800; Secure; HttpOnly/);
    expect((await meBy(body.access_token)).status).toBe(200);
  });

  // bar 1
  test("with offline_access gives both in the body and no cookie, and a refresh renews both", async () => {
    const client = new Client();
    const response = await grant(client, { scope: "offline_access profile unknown" });
    const first = await response.json();
    expect(first.scope).toBe("profile offline_access");
    expect(first.refresh_token).toMatch(/^[A-Za-z0-9_-]{72}$/);
    expect(client.cookies.size).toBe(0);

    const renewed = await client.send(refresh, { json: { refresh_token: first.refresh_token } });
    const second = await renewed.json();
    expect(Object.keys(second).sort()).toEqual(
      ["access_token", "expires_in", "refresh_token", "token_type"].sort(),
    );
    expect(second.refresh_token).not.toBe(first.refresh_token);

    const form = { grant_type: "refresh_token", refresh_token: second.refresh_token };
    const third = await (await client.send(token, { form })).json();
    expect(third).toMatchObject({ token_type: "bearer", scope: "profile offline_access" });
    expect(third.refresh_token).not.toBe(second.refresh_token);
    expect((await meBy(third.access_token)).status).toBe(200);
    expect(client.cookies.size).toBe(0);
  });

  test("asked by a script in a page sets no cookie and ends no session", async () => {
    const client = new Client();
    await grant(client);
    const cookie = client.cookies.get(REFRESH);
    const response = await grant(client, {}, { "sec-fetch-site": "same-origin" });
    expect(Object.keys(await response.json())).not.toContain("refresh_token");
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(client.cookies.get(REFRESH)).toBe(cookie);
    expect((await client.send(refresh)).status).toBe(200);
  });

  // bar 2
  test("fails in OAuth's words, with no challenge", async () => {
    const wrong = await grant(new Client(), { password: "wrong password" });
    expect([wrong.status, await wrong.json(), wrong.headers.get("www-authenticate")]).toEqual([
      400,
      { detail: "Incorrect username or password", error: "invalid_grant" },
      null,
    ]);
    for (const [form, error] of [
      [{ password: "" }, "invalid_request"],
      [{ grant_type: "refresh_token" }, "invalid_request"],
      [{ grant_type: "implicit" }, "unsupported_grant_type"],
      [{ grant_type: "refresh_token", refresh_token: "garbage" }, "invalid_grant"],
    ] as const) {
      const response = await grant(new Client(), form);
      expect([response.status, (await response.json()).error]).toEqual([400, error]);
    }
  });
});

test("a browser's refresh token is refused, and its session lives on", async () => {
  const { client } = await newcomer();
  const form = { grant_type: "refresh_token", refresh_token: client.cookies.get(REFRESH) ?? "" };
  const response = await new Client().send(token, { form });
  expect([response.status, (await response.json()).error]).toEqual([400, "invalid_grant"]);
  expect((await client.send(refresh)).status).toBe(200);
});

test("a refresh by cookie answers as the session was opened: access token in the body", async () => {
  const client = new Client();
  const { access_token } = await (await grant(client)).json();
  const before = client.cookies.get(REFRESH);
  const response = await client.send(refresh);
  const body = await response.json();
  expect(body).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: 900 });
  expect([...client.cookies.keys()]).toEqual([REFRESH]);
  expect(client.cookies.get(REFRESH)).not.toBe(before);

  await client.send(logout);
  for (const old of [access_token, body.access_token]) expect((await meBy(old)).status).toBe(401);
});

test("a login form that a page posts is answered in JSON: this endpoint is for API clients", async () => {
  const response = await grant(new Client(), {}, { accept: "text/html" });
  expect(response.status).toBe(200);
});
