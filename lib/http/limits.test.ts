import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as token } from "@/app/api/auth/token/route";
import {
  Client,
  disableUser,
  embeddedApp,
  HTML as headers,
  PASSWORD,
  pass,
  stopClock,
  whoAmI,
} from "@/lib/testing/embedded-app";
import { closeAccount, from, signIn, somebody, WRONG } from "@/lib/testing/strangers";

beforeAll(async () => {
  await embeddedApp();
  stopClock();
});

/** So many at once, that a busy machine serves them all in time. */
const WAVE = 25;

/** What an answer says, but for its id. */
async function bytesOf(response: Response) {
  response.headers.delete("x-request-id");
  return { status: response.status, headers: [...response.headers], body: await response.text() };
}

describe("an account that is closed", () => {
  // bar 137, 143
  test("is 429 with the seconds to wait, and open after exactly those", async () => {
    const { username, address } = await somebody();
    await closeAccount(username, address);
    const refused = await from(address + 50, () => signIn(username, PASSWORD));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({ detail: "Too many requests", error: "rate_limited" });
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(refused.headers.get("retry-after")).toBe("10");
    pass(9.999);
    const early = await from(address + 50, () => signIn(username, PASSWORD));
    expect([early.status, early.headers.get("retry-after")]).toEqual([429, "1"]);
    pass(0.001);
    expect((await from(address + 50, () => signIn(username, PASSWORD))).status).toBe(200);
  });

  // bar 3, 141
  test("is 429 by the same bytes, at the same failure, whether it exists, is disabled or does not exist", async () => {
    const [{ username, address }, disabled] = [await somebody(), await somebody()];
    await disableUser(disabled.username);
    const names = [username, disabled.username, `${address}@example.com`];
    const answerAll = (number: number, passwordOf: (name: string) => string) =>
      from(address + number, () =>
        Promise.all(names.map(async (name) => bytesOf(await signIn(name, passwordOf(name))))),
      );
    for (let failure = 1; failure <= 11; failure++) {
      const passwordOf = (name: string) => (name === username ? WRONG : PASSWORD);
      const [first, ...others] = await answerAll(failure, passwordOf);
      expect(first?.status).toBe(failure <= 10 ? 401 : 429);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  test("is closed at the token endpoint, and a form is sent back with the reason", async () => {
    const { username, address } = await somebody();
    await closeAccount(username, address);
    const form = { username, password: PASSWORD };
    const answers = await from(address + 50, async () => [
      await new Client().send(token, { form }),
      await new Client().send(login, { form, headers }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([429, 303]);
    expect(answers[1]?.headers.get("location")).toBe("/login?error=rate_limited&next=%2Fdashboard");
  });

  // bar 142
  test("leaves its sessions alone", async () => {
    const { client, username, address } = await somebody();
    await closeAccount(username, address);
    expect((await whoAmI(client)).status).toBe(200);
    expect((await client.send(refresh)).status).toBe(200);
    expect((await whoAmI(client)).status).toBe(200);
  });

  // bar 136, 142
  test("is open to the owner's device after 500 strangers, who are answered alike throughout", async () => {
    const { client, username, address } = await somebody();
    await client.send(logout);
    const guess = (number: number, password = WRONG) =>
      from(address + number, async () => bytesOf(await signIn(username, password)));
    const strangers = async (first: number) => {
      const answers = [];
      for (let number = first; number < first + 250; number += WAVE) {
        const wave = Array.from({ length: WAVE }, (_, each) => guess(number + each));
        answers.push(...(await Promise.all(wave)));
      }
      return answers;
    };
    const before = await strangers(100);
    expect((await guess(50, PASSWORD)).status).toBe(429);
    const owner = await from(address, () => signIn(username, PASSWORD, client));
    expect(owner.status).toBe(200);
    const after = await strangers(400);
    const refused = [...before, ...after].filter(({ status }) => status !== 401);
    expect(refused).toHaveLength(490);
    for (const each of refused) expect(each).toEqual(after[0]);
    expect(after[0]?.status).toBe(429);
  });
});

// bar 138
test("of 200 wrong logins at once ten at most are answered 401, and no other is tried", async () => {
  const { username, address } = await somebody();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, each) => from(address + each, () => signIn(username, WRONG))),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
  // a machine that cannot serve so many in time says so
  expect(statuses.filter((status) => ![401, 429, 503].includes(status))).toEqual([]);
});
