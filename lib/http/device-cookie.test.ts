import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as token } from "@/app/api/auth/token/route";
import { Client, embeddedApp, PASSWORD, stopClock } from "@/lib/testing/embedded-app";
import { closeAccount, from, signIn, somebody } from "@/lib/testing/strangers";

const DEVICE = "__Host-device";

beforeAll(async () => {
  await embeddedApp();
  stopClock();
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
