import { afterEach, beforeEach, expect, test } from "vitest";
import { authorize } from "@/lib/auth/authorize";
import { login } from "@/lib/auth/login";
import type { Tokens } from "@/lib/auth/session";
import { again, BROWSER, JOHN } from "@/lib/auth/testing/world";
import { errorAnswer, toResponse } from "@/lib/http/answer";
import { type RealWorld, realWorld, registerJohn } from "./testing/real-world";

/** What happens to an account in the database, seen by those who are signed in. */

let john: RealWorld;
beforeEach(async () => {
  john = await realWorld();
});
afterEach(() => john.close());

const signIn = () => login({ ...JOHN, remember: true }, BROWSER, null, john.context);
const changeJohn = (data: { disabled?: boolean; role?: string }) =>
  john.aside.user.update({ where: { username: JOHN.username }, data });

async function expectRefused({ accessToken, refreshToken }: Tokens) {
  await expect(authorize(accessToken, john.context)).rejects.toMatchObject({
    code: "invalid_token",
  });
  await expect(again(refreshToken, john)).rejects.toMatchObject({ code: "invalid_refresh_token" });
}

// bar 20
test("an address that fifty want at once, in any case, is one row", async () => {
  const spellings = ["john@example.com", "JOHN@EXAMPLE.COM", " John@Example.Com "];
  const attempts = Array.from({ length: 50 }, (_, index) =>
    registerJohn(john, { username: `john${index}`, email: spellings[index % 3] ?? "" }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason.code] : [],
  );
  expect(refused).toEqual(Array(49).fill("email_taken"));
  expect(await john.aside.user.count()).toBe(1);
  expect(await john.aside.session.count()).toBe(1);
});

// bar 54
test("a disabled user is refused by the next request, and is in again once enabled", async () => {
  const tokens = await registerJohn(john);
  await changeJohn({ disabled: true });
  await expectRefused(tokens);
  await expect(signIn()).rejects.toMatchObject({ code: "invalid_credentials" });
  await changeJohn({ disabled: false });
  await expect(authorize(tokens.accessToken, john.context)).resolves.toBeTruthy();
});

// bar 54
test("a role that is lowered is lowered for the next request, whatever the token says", async () => {
  await registerJohn(john);
  await changeJohn({ role: "admin" });
  const { accessToken } = await signIn();
  const ask = (need: { role?: "admin"; scope?: string }) =>
    authorize(accessToken, john.context, need);
  await expect(ask({ role: "admin" })).resolves.toBeTruthy();
  await expect(ask({ scope: "admin" })).resolves.toBeTruthy();
  await changeJohn({ role: "user" });
  for (const need of [{ role: "admin" as const }, { scope: "admin" }]) {
    const error = await ask(need).catch((thrown) => thrown);
    const { status, headers } = toResponse(errorAnswer(error));
    expect([status, headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer error="insufficient_scope"',
    ]);
  }
  await expect(ask({ scope: "profile" })).resolves.toBeTruthy();
});

// bar 29, 54
test("who takes the name and address of a deleted account is somebody else", async () => {
  const first = await registerJohn(john);
  const second = await signIn();
  expect(second.user.id).toBe(first.user.id);
  expect(first.user.id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  await john.aside.user.delete({ where: { username: JOHN.username } });
  for (const tokens of [first, second]) await expectRefused(tokens);

  const heir = await registerJohn(john);
  expect(heir.user.id).not.toBe(first.user.id);
  for (const tokens of [first, second]) await expectRefused(tokens);
  await expect(authorize(heir.accessToken, john.context)).resolves.toBeTruthy();
});
