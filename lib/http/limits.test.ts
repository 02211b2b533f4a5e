import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as register } from "@/app/api/auth/register/route";
import { POST as token } from "@/app/api/auth/token/route";
import { limitRegistration } from "@/lib/auth/throttle";
import { PrismaClient } from "@/lib/db/generated/sqlite/client";
import { PatientSqlite } from "@/lib/db/sqlite";
import { auth } from "@/lib/server";
import {
  Client,
  embeddedApp,
  HTML as headers,
  newcomer,
  PASSWORD,
  pass,
  stopClock,
  whoAmI,
} from "@/lib/testing/embedded-app";
import { clientOf } from "./call";
import { runExchange } from "./exchange";

const DEVICE = "__Host-device";
const REFRESH = "__Host-refresh_token";
const WRONG = "wrong password";

/** Milliseconds. For many passwords to be hashed, on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await embeddedApp();
  stopClock();
});

/** Does `work` as if its requests came from the address of this number. */
function from<T>(number: number, work: () => Promise<T>): Promise<T> {
  const clientAddress = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  return runExchange({ clientAddress, status: null }, work);
}

/** A newcomer from an address of his own, and the numbers of more of them. */
let addresses = 0;
async function somebody() {
  addresses += 1000;
  return { ...(await from(addresses, newcomer)), address: addresses };
}

const signIn = (username: string, password: string, client = new Client()) =>
  client.send(login, { json: { username, password } });

async function closeAccount(username: string, address: number): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, each) => from(address + each, () => signIn(username, WRONG))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(401));
}

async function disable(username: string): Promise<void> {
  const url = process.env.DATABASE_URL ?? "";
  const aside = new PrismaClient({ adapter: new PatientSqlite(url) });
  await aside.user.update({ where: { username }, data: { disabled: true } });
  await aside.$disconnect();
}

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
    await disable(disabled.username);
    const names = [username, disabled.username, `nobody-${address}`, `${address}@example.com`];
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

  // bar 142
  test("is open to the owner's device after 500 strangers, who are answered alike throughout", async () => {
    const { client, username, address } = await somebody();
    await client.send(logout);
    await closeAccount(username, address);
    const strangers = async (first: number) =>
      Promise.all(
        Array.from({ length: 245 }, (_, each) =>
          from(address + first + each, async () => bytesOf(await signIn(username, WRONG))),
        ),
      );
    const before = await strangers(100);
    const owner = await from(address, () => signIn(username, PASSWORD, client));
    expect(owner.status).toBe(200);
    const after = await strangers(400);
    const [first] = before;
    expect(first?.status).toBe(429);
    for (const each of [...before, ...after]) expect(each).toEqual(first);
  });
});

// bar 138
test("of 200 wrong logins at once ten are answered 401, the rest 429", async () => {
  const { username, address } = await somebody();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, each) => from(address + each, () => signIn(username, WRONG))),
  );
  const withStatus = (status: number) => answers.filter((answer) => answer.status === status);
  expect([withStatus(401).length, withStatus(429).length]).toEqual([10, 190]);
});

describe("the device cookie", () => {
  // bar 81
  test("is kept by logout, keeps its id for its user, and is another for another user", async () => {
    const one = await somebody();
    const other = await somebody();
    const first = one.client.cookies.get(DEVICE);
    await one.client.send(logout);
    expect(one.client.cookies.get(DEVICE)).toBe(first);
    await from(one.address, () => signIn(one.username, PASSWORD, one.client));
    expect(one.client.cookies.get(DEVICE)).toBe(first);
    await from(one.address, () => signIn(other.username, PASSWORD, one.client));
    expect(one.client.cookies.get(DEVICE)).not.toBe(first);
  });

  test("is not set at the token endpoint, but counts there", async () => {
    const { client, username, address } = await somebody();
    const form = { username, password: PASSWORD };
    const program = new Client();
    await from(address, () => program.send(token, { form }));
    expect(program.cookies.has(DEVICE)).toBe(false);
    await closeAccount(username, address);
    const known = new Client();
    known.cookies.set(DEVICE, client.cookies.get(DEVICE) ?? "");
    expect((await from(address, () => known.send(token, { form }))).status).toBe(200);
    expect((await from(address, () => program.send(token, { form }))).status).toBe(429);
  });

  test("that came twice, or is not ours, is a stranger's", async () => {
    const { client, username, address } = await somebody();
    await closeAccount(username, address);
    const own = client.cookies.get(DEVICE);
    for (const cookie of [
      `${DEVICE}=${own}; ${DEVICE}=${own}`,
      `${DEVICE}=${own}x`,
      `device=${own}`,
    ]) {
      const json = { username, password: PASSWORD };
      const sent = { json, headers: { cookie } };
      const { status } = await from(address, () => new Client().send(login, sent));
      expect(status, cookie).toBe(429);
    }
  });
});

describe("other endpoints", () => {
  // bar 144
  test("register is 429 after a hundred from one address, and its form is sent back", async () => {
    const { username, address } = await somebody();
    const context = await auth();
    const client = await from(address, async () => clientOf(new Headers()));
    // the newcomer himself was the first
    for (let each = 2; each <= 100; each++)
      await limitRegistration(client, context, async () => {});
    const form = { username, email: "else@example.com", password: PASSWORD };
    const refused = await from(address, () => new Client().send(register, { form }));
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    const sentBack = await from(address, () => new Client().send(register, { form, headers }));
    expect(sentBack.headers.get("location")).toBe("/register?error=rate_limited&next=%2Fdashboard");
    expect((await from(address + 1, () => new Client().send(register, { form }))).status).toBe(409);
  });

  // bar 144
  test("refresh by garbage is 429 after 300 a minute from one address, and clears no cookie", async () => {
    const { client, address } = await somebody();
    const garbage = new Client();
    const send = () => {
      garbage.cookies.set(REFRESH, "garbage");
      return from(address, () => garbage.send(refresh));
    };
    for (let time = 0; time < 300; time++) expect((await send()).status).toBe(401);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect((await from(address, () => client.send(refresh))).status).toBe(200);
    garbage.cookies.set(REFRESH, "garbage");
    expect((await from(address + 1, () => garbage.send(refresh))).status).toBe(401);
  });

  // bar 144
  test("users/me is not limited", async () => {
    const { client, address } = await somebody();
    for (let time = 0; time < 500; time++) {
      expect((await from(address, () => whoAmI(client))).status).toBe(200);
    }
  });
});
