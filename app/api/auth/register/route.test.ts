import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { Client, embeddedApp, newcomer, PASSWORD, whoAmI } from "@/lib/testing/embedded-app";
import { POST as register } from "./route";

// more accounts than limits let one address make
beforeAll(() => embeddedApp({ RATE_LIMITS: "off" }));

const aName = () => `user-${randomUUID().slice(0, 8)}`;
const ask = (json: object) => new Client().send(register, { json });
const signIn = (username: string) =>
  new Client().send(login, { json: { username, password: PASSWORD } });
const codeOf = async (response: Response) => [response.status, (await response.json()).error];

describe("an address", () => {
  // bar 21
  test("and a name are the same in any case and with space around", async () => {
    const username = aName();
    const email = `${username}@Example.COM`;
    expect(
      (await ask({ username: ` ${username.toUpperCase()} `, email, password: PASSWORD })).status,
    ).toBe(201);
    for (const typed of [
      username,
      ` ${username.toUpperCase()}`,
      email,
      ` ${email.toUpperCase()} `,
    ]) {
      const response = await signIn(typed);
      expect((await response.json()).user).toMatchObject({ username, email: email.toLowerCase() });
    }
    const again = { username: aName(), email: ` ${email.toUpperCase()} `, password: PASSWORD };
    expect(await codeOf(await ask(again))).toEqual([409, "email_taken"]);
  });

  // bar 23, 24
  test("that only looks like another's, or holds more than one, opens nothing", async () => {
    const victims = ["kelvin", "i", "stest", "a", "soft"].map((local) => `${local}@x.com`);
    for (const email of victims) await ask({ username: aName(), email, password: PASSWORD });
    const unknown = await (await signIn(`${aName()}@x.com`)).text();
    for (const email of [
      "\u212Aelvin@x.com",
      "İ@x.com",
      "ſtest@x.com",
      "a＠x.com",
      "a﹫x.com",
      "a@evil.com＠x.com",
      "a\u200b@x.com",
      "so\u00adft@x.com",
      "ａ@x.com",
      "a@x.com,b@y.com",
      "a@x.com;b@y.com",
      "a@x.com b@y.com",
      "a@x.com, <a href=x>",
      '"a@x.com"@y.com',
      "<a@x.com>",
    ]) {
      const username = aName();
      const refused = await ask({ username, email, password: PASSWORD });
      expect(await codeOf(refused), email).toEqual([422, "validation_failed"]);
      const response = await signIn(email);
      expect([response.status, await response.text()], email).toEqual([401, unknown]);
    }
    const withHeader = { username: aName(), email: "a@x.com\nBcc: b@y.com", password: PASSWORD };
    expect((await ask(withHeader)).status).toBe(422);
  });
});

describe("members of a body", () => {
  // bar 26
  test("that nobody asked for change nothing", async () => {
    const username = aName();
    const client = new Client();
    const response = await client.send(register, {
      json: {
        username,
        email: `${username}@example.com`,
        password: PASSWORD,
        id: "1",
        role: "admin",
        isAdmin: true,
        is_superuser: true,
        disabled: true,
        emailVerified: true,
        passwordHash: "x",
        password_hash: "x",
        createdAt: 0,
        created_at: "1970-01-01T00:00:00Z",
        tokenVersion: 7,
        sessions: [],
        user: { role: "admin" },
      },
    });
    const { user } = await response.json();
    expect(user).toMatchObject({ username, role: "user", disabled: false, name: null });
    expect(user.id).not.toBe("1");
    expect(Date.parse(user.created_at)).toBeGreaterThan(Date.parse("2026-01-01"));
    expect(await (await whoAmI(client)).json()).toEqual(user);
    expect((await signIn(username)).status).toBe(200);
  });

  // bar 27
  test("that aim at the prototype reach nothing, named or nested", async () => {
    const evil = '{"role":"admin","polluted":true}';
    const account = (member: string) => {
      const username = aName();
      return `{"username":"${username}","email":"${username}@example.com","password":"${PASSWORD}",${member}}`;
    };
    for (const member of [
      `"__proto__":${evil}`,
      `"constructor":{"prototype":${evil}}`,
      `"name":{"__proto__":${evil}}`,
      `"remember":{"constructor":{"prototype":${evil}}}`,
      `"next":{"__proto__":{"__proto__":${evil}}}`,
    ]) {
      const headers = { "content-type": "application/json" };
      const body = account(member);
      const request = new Request("http://localhost:3000", { method: "POST", headers, body });
      const response = await register(request);
      expect([201, 422]).toContain(response.status);
      expect(await response.text()).not.toMatch(/admin|polluted/);
    }
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
    const { client, username } = await newcomer();
    const user = await (await whoAmI(client)).json();
    expect(user).toMatchObject({ username, role: "user" });
    expect(Object.keys(user)).toHaveLength(7);
  });
});
