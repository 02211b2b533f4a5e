import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as register } from "@/app/api/auth/register/route";
import { Client, embeddedApp, newcomer, PASSWORD, whoAmI } from "@/lib/testing/embedded-app";

const ACCESS = "__Host-access_token";
const REFRESH = "__Host-refresh_token";
const HINT = "__Host-auth_hint";

beforeAll(() => embeddedApp());

describe("register and login", () => {
  // bar 88
  test("answer the user, put no token in the body and set the cookies of the contract", async () => {
    const { client, username, response } = await newcomer();
    const { user } = await response.json();
    expect(Object.keys(user).sort()).toEqual(
      ["created_at", "disabled", "email", "id", "name", "role", "username"].sort(),
    );
    expect(user).toMatchObject({ username, role: "user", disabled: false, name: null });
    const json = { username, password: PASSWORD, remember: true };
    const signedIn = await client.send(login, { json });
    expect(await signedIn.json()).toEqual({ user, expires_in: 900 });
    expect(signedIn.headers.get("cache-control")).toBe("no-store");
    expect(signedIn.headers.get("pragma")).toBe("no-cache");

    const cookies = signedIn.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual([ACCESS, REFRESH, HINT]);
    expect(cookies[0]).toMatch(/; Path=\/; Max-Age=900; Secure; HttpOnly; SameSite=Lax$/);
    expect(cookies[1]).toMatch(/; Path=\/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax$/);
    expect(cookies[2]).toMatch(
      /=v1\.[0-9a-f]{8}\.0; Path=\/; Max-Age=604800; Secure; SameSite=Lax$/,
    );
  });

  // bar 85
  test("without remember every cookie ends with the browser", async () => {
    const { response } = await newcomer(false);
    for (const cookie of response.headers.getSetCookie())
      expect(cookie).not.toMatch(/max-age|expires/i);
  });

  // bar 2, 3, 101
  test("answer an unknown user and a wrong password by the same bytes, touching no cookie", async () => {
    const { username } = await newcomer();
    const attempt = (name: string) =>
      new Client().send(login, { json: { username: name, password: "wrong password" } });
    const [wrong, unknown] = [await attempt(username), await attempt("nobody")];
    expect(await wrong.text()).toBe(
      '{"detail":"Incorrect username or password","error":"invalid_grant"}',
    );
    expect(await unknown.text()).toBe(
      '{"detail":"Incorrect username or password","error":"invalid_grant"}',
    );
    for (const response of [wrong, unknown]) {
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(response.headers.getSetCookie()).toEqual([]);
      response.headers.delete("x-request-id");
    }
    expect([...wrong.headers]).toEqual([...unknown.headers]);
  });

  // bar 77
  test("as somebody else ends the first one's session", async () => {
    const first = await newcomer();
    const second = await newcomer();
    const before = first.client.copy();
    const json = { username: second.username, password: PASSWORD };
    await first.client.send(login, { json });
    expect(await (await whoAmI(first.client)).json()).toMatchObject({ username: second.username });
    expect((await whoAmI(before)).status).toBe(401);
  });

  test("say which of name and address is taken", async () => {
    const { username } = await newcomer();
    const email = `${username}@example.com`;
    const attempt = (json: object) =>
      new Client().send(register, { json: { password: PASSWORD, ...json } });
    const sameName = await attempt({
      username: username.toUpperCase(),
      email: "other@example.com",
    });
    const sameAddress = await attempt({ username: "otherwise", email: email.toUpperCase() });
    expect([sameName.status, (await sameName.json()).error]).toEqual([409, "username_taken"]);
    expect([sameAddress.status, (await sameAddress.json()).error]).toEqual([409, "email_taken"]);
  });
});
