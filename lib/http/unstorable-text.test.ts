import { beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as register } from "@/app/api/auth/register/route";
import { DELETE as endSession } from "@/app/api/auth/sessions/[id]/route";
import { POST as token } from "@/app/api/auth/token/route";
import { Client, embeddedApp, newcomer, PASSWORD, whoAmI } from "@/lib/testing/embedded-app";

/** Texts that PostgreSQL cannot store are refused by all fields but passwords, whichever database there is. */

beforeAll(() => embeddedApp());

const account = {
  username: "johndoe",
  email: "john@example.com",
  name: "John",
  password: PASSWORD,
};
/** All texts that are read, but for passwords and for `next`, which is no more than compared. */
const FIELDS = [
  ["register", register, account, ["username", "email", "name"]],
  ["login", login, { username: "johndoe", password: PASSWORD }, ["username"]],
  ["refresh", refresh, {}, ["refresh_token"]],
  ["logout", logout, {}, ["refresh_token"]],
  [
    "token",
    token,
    { username: "johndoe", password: PASSWORD },
    ["username", "grant_type", "refresh_token", "scope"],
  ],
] as const;
const cases = FIELDS.flatMap(([name, endpoint, body, fields]) =>
  fields.map((field) => ({ name, endpoint, body, field })),
);

/** PostgreSQL stores neither: it refuses the whole statement. */
const UNSTORABLE = ["a\u0000b", "\u0000", "a\ud800b", "\udc00", "\ud83d"];

// bar 128
test.each(cases)("NUL and lone surrogates in $field are 422 at $name", async (given) => {
  const { endpoint, body, field } = given;
  for (const text of UNSTORABLE) {
    const answer = await new Client().send(endpoint, { json: { ...body, [field]: text } });
    expect(answer.status, JSON.stringify(text)).toBe(422);
    const { detail } = await answer.json();
    expect(detail).toEqual([
      { type: expect.any(String), loc: ["body", field], msg: expect.any(String) },
    ]);
  }
});

// bar 128
test("in a path or a header they are no session and no fault", async () => {
  const { client } = await newcomer();
  for (const id of ["\u0000", "a\u0000b".padEnd(22, "a"), "\ud800"]) {
    const answer = await client.send(endSession, { method: "DELETE", params: { id } });
    expect(answer.status).toBe(404);
  }
  const headers = { "User-Agent": "a\u0080\u00ffb", "X-Refresh-Attempt": "\u0080" };
  expect((await client.send(refresh, { headers })).status).toBe(200);
  expect((await whoAmI(client)).status).toBe(200);
});
