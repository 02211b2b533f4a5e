import { beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as token } from "@/app/api/auth/token/route";
import { Client, embeddedApp, HTML, newcomer, PASSWORD } from "@/lib/testing/embedded-app";

const YEARS = String(10 * 365 * 24 * 60 * 60);

beforeAll(() => embeddedApp({ REFRESH_IDLE_SECONDS: YEARS, REFRESH_ABSOLUTE_SECONDS: YEARS }));

/** The parts of one `Set-Cookie` value. */
function partsOf(cookie: string) {
  const [pair = "", ...attributes] = cookie.split("; ");
  const maxAge = attributes.find((each) => each.startsWith("Max-Age="))?.slice("Max-Age=".length);
  return { name: pair.split("=")[0] ?? "", value: pair, attributes, maxAge };
}

// bar 88, 90
test("every cookie of every endpoint is bound to this host, to https and to a time, and is small", async () => {
  const { client, username, response } = await newcomer();
  const credentials = { username, password: PASSWORD };
  const long = { username: "😀".repeat(500), password: "wrong" };
  const answers = {
    register: response,
    login: await client.send(login, { json: { ...credentials, remember: true } }),
    "login for now": await client.send(login, { json: credentials }),
    refresh: await client.send(refresh),
    token: await new Client().send(token, { form: credentials }),
    "form again": await new Client().send(login, { form: long, headers: HTML }),
    logout: await client.send(logout),
  };
  for (const [endpoint, answer] of Object.entries(answers)) {
    const cookies = answer.headers.getSetCookie().map(partsOf);
    expect(cookies, endpoint).not.toEqual([]);
    const names = cookies.map(({ name }) => name);
    expect(new Set(names).size, endpoint).toBe(names.length);
    for (const { name, value, attributes, maxAge } of cookies) {
      expect(name, endpoint).toMatch(/^__Host-/);
      expect(attributes, `${endpoint} ${name}`).toEqual([
        "Path=/",
        ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
        "Secure",
        ...(name === "__Host-auth_hint" ? [] : ["HttpOnly"]),
        "SameSite=Lax",
      ]);
      expect([value, ...attributes].join("; ").length, name).toBeLessThan(4096);
      if (endpoint === "logout") expect(maxAge).toBe("0");
      else if (maxAge !== undefined) {
        expect(Number(maxAge), name).toBeGreaterThan(0);
        expect(Number(maxAge), name).toBeLessThanOrEqual(34_560_000);
      }
    }
  }
});
