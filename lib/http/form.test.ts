import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as register } from "@/app/api/auth/register/route";
import { POST as endOne } from "@/app/api/auth/sessions/[id]/end/route";
import { POST as endOthers } from "@/app/api/auth/sessions/end-others/route";
import {
  Client,
  embeddedApp,
  HTML as headers,
  newcomer,
  PASSWORD,
  pass,
  whoAmI,
} from "@/lib/testing/embedded-app";
import { empty } from "./answer";
import { form, readFormMemory } from "./form";
import { route } from "./route";
import { sessionOf } from "./session-of";

beforeAll(() => embeddedApp());

const memoryOf = ({ cookies }: Client) =>
  readFormMemory(`__Host-form=${cookies.get("__Host-form") ?? ""}`);

test.each([
  ["nothing", undefined],
  ["no JSON", "x"],
  ["null", null],
  ["an issue that is none", { values: {}, issues: [null] }],
  ["a text that is none", { values: {}, issues: [{ field: "username", msg: {} }] }],
  ["a value that is none", { values: { username: ["x"] }, issues: [] }],
])("of a form that somebody else wrote down (%s) nothing is read", (_case, memory) => {
  const text = typeof memory === "string" ? memory : JSON.stringify(memory ?? "");
  const cookie = `__Host-form=${Buffer.from(text).toString("base64url")}`;
  expect(readFormMemory(cookie)).toEqual({ values: {}, issues: [] });
});

describe("a form posted without JavaScript", () => {
  test("is forgotten as soon as one succeeds", async () => {
    const { username } = await newcomer();
    const client = new Client();
    await client.send(login, { form: { username, password: "wrong" }, headers });
    expect(memoryOf(client).values).toEqual({ username });
    await client.send(login, { form: { username, password: PASSWORD }, headers });
    expect(client.cookies.has("__Host-form")).toBe(false);
  });

  test("signs in and goes on to next, or to the dashboard", async () => {
    const { username } = await newcomer();
    for (const [next, location] of [
      [undefined, "/dashboard"],
      ["", "/dashboard"],
      ["/account?tab=2", "/account?tab=2"],
      ["//evil.com", "/dashboard"],
      ["https://evil.com", "/dashboard"],
    ]) {
      const client = new Client();
      const form = { username, password: PASSWORD, ...(next !== undefined && { next }) };
      const response = await client.send(login, { form, headers });
      expect([response.status, response.headers.get("location")]).toEqual([303, location]);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect((await whoAmI(client)).status).toBe(200);
    }
  });

  test("comes back with a fixed code and what was typed, but for the password", async () => {
    const client = new Client();
    const form = { username: "nobody", password: "marker password", next: "/account" };
    const response = await client.send(login, { form, headers });
    expect([response.status, response.headers.get("location")]).toEqual([
      303,
      "/login?error=invalid_grant&next=%2Faccount",
    ]);
    expect(response.headers.getSetCookie()[0]).toMatch(/Max-Age=60; Secure; HttpOnly/);
    expect(memoryOf(client)).toEqual({ values: { username: "nobody" }, issues: [] });
  });

  test("learns what is wrong with which field", async () => {
    const client = new Client();
    const form = { username: "-", email: "x", password: "short" };
    const response = await client.send(register, { form, headers });
    expect(response.headers.get("location")).toBe(
      "/register?error=validation_failed&next=%2Fdashboard",
    );
    const { issues } = memoryOf(client);
    expect(issues.map(({ field }) => field)).toEqual(["username", "email", "password"]);
    const { username } = await newcomer();
    const taken = await new Client().send(register, {
      form: { username, email: "new@example.com", password: PASSWORD },
      headers,
    });
    expect(taken.headers.get("location")).toMatch(/^\/register\?error=username_taken&/);
  });

  test("registers and signs out", async () => {
    const client = new Client();
    const form = { username: "no-script", email: "no-script@example.com", password: PASSWORD };
    const made = await client.send(register, { form, headers });
    expect([made.status, made.headers.get("location")]).toEqual([303, "/dashboard"]);
    const left = await client.send(logout, { form: {}, headers });
    expect([left.status, left.headers.get("location")]).toEqual([303, "/login?reason=signed_out"]);
    expect([...client.cookies.keys()]).toEqual(["__Host-device"]);
  });

  test("ends sessions, also with an access token that expired", async () => {
    const { client, username } = await newcomer();
    const phone = new Client();
    await phone.send(login, { json: { username, password: PASSWORD } });
    pass(1000);
    const others = await client.send(endOthers, { form: {}, headers });
    expect([others.status, others.headers.get("location")]).toEqual([303, "/dashboard"]);
    expect((await phone.send(refresh)).status).toBe(401);
    expect((await client.send(endOthers, { form: {} })).status).toBe(401);

    const nobody = await new Client().send(endOne, { form: {}, headers, params: { id: "x" } });
    expect([nobody.status, nobody.headers.get("location")]).toEqual([
      303,
      "/login?error=missing_token&next=%2Fdashboard",
    ]);
  });

  test("is let in by a refresh token to no more than its session may do", async () => {
    const { client } = await newcomer();
    const { POST } = route({
      POST: form({ page: "/dashboard", success: "/dashboard" }, async (call) => {
        await sessionOf(call, { role: "admin" });
        return empty(204);
      }),
    });
    for (const wait of [0, 1000]) {
      pass(wait);
      const response = await client.send(POST, { form: {}, headers });
      expect([response.status, (await response.json()).error]).toEqual([403, "insufficient_scope"]);
    }
  });

  test("is JSON for whoever does not ask for a page, and at refresh always", async () => {
    const { client, username } = await newcomer();
    const plain = await new Client().send(login, { form: { username, password: PASSWORD } });
    expect([plain.status, await plain.json()]).toMatchObject([200, { expires_in: 900 }]);
    const renewed = await client.send(refresh, { form: {}, headers });
    expect([renewed.status, await renewed.json()]).toMatchObject([200, { expires_in: 900 }]);
  });
});
