import { beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as register } from "@/app/api/auth/register/route";
import {
  Client,
  embeddedApp,
  HTML as headers,
  newcomer,
  ORIGIN,
  PASSWORD,
} from "@/lib/testing/embedded-app";
import { astray } from "./testing/astray";

beforeAll(() => embeddedApp());

/** Where the browser goes after this answer, and whether that is ours; `next=` of a page must be ours too. */
function isOurs(response: Response): boolean {
  const location = response.headers.get("location") ?? "none";
  if (response.status !== 303 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(location)) return false;
  const { origin, searchParams } = new URL(location, `${ORIGIN}/api/auth/logout`);
  const next = searchParams.get("next") ?? "/";
  return origin === ORIGIN && new URL(next, ORIGIN).origin === ORIGIN;
}

// bar 106
test("signing out and a form that comes back lead nowhere but here, whatever next says", async () => {
  const strayed: string[] = [];
  // one in thirteen: a thousand, of every family
  for (const next of astray().filter((_, index) => index % 13 === 0)) {
    const out = await new Client().send(logout, { form: { next }, headers });
    const back = await new Client().send(login, { form: { next, username: "a" }, headers });
    const again = await new Client().send(register, { form: { next, email: "a" }, headers });
    if (![out, back, again].every(isOurs)) strayed.push(next);
  }
  expect(strayed).toEqual([]);
});

// bar 106
test("signing in leads nowhere but here, whatever next says", async () => {
  const { username } = await newcomer();
  const strayed: string[] = [];
  for (const next of astray().filter((_, index) => index % 1201 === 0)) {
    const form = { next, username, password: PASSWORD };
    if (!isOurs(await new Client().send(login, { form, headers }))) strayed.push(next);
  }
  expect(strayed).toEqual([]);
});

// bar 107
test.each([
  ["next=%2F%E4%B8%AD%E6%96%87%3Fx%3D%C3%A9", 303, "/%E4%B8%AD%E6%96%87?x=%C3%A9"],
  [`next=/${"a".repeat(8000)}`, 303, "/dashboard"],
  ["next=/a&next=//evil.example", 303, "/login?error=validation_failed&next=%2Fdashboard"],
  ["next[]=/a", 303, "/login?reason=signed_out"],
  ["next=/%zz", 303, "/%zz"],
  ["next=%ff", 400, null],
])(
  "a form whose next is odd or unreadable is answered all the same (%#)",
  async (body, status, location) => {
    const form = { "content-type": "application/x-www-form-urlencoded", ...headers };
    const request = new Request(`${ORIGIN}/api/auth/logout`, {
      method: "POST",
      body,
      headers: form,
    });
    const response = await logout(request);
    expect([response.status, response.headers.get("location")]).toEqual([status, location]);
  },
);
