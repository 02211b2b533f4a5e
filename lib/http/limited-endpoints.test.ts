import { beforeAll, describe, expect, test } from "vitest";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as register } from "@/app/api/auth/register/route";
import { limitRegistration } from "@/lib/auth/throttle";
import { auth } from "@/lib/server";
import {
  Client,
  embeddedApp,
  HTML as headers,
  PASSWORD,
  stopClock,
  whoAmI,
} from "@/lib/testing/embedded-app";
import { from, somebody } from "@/lib/testing/strangers";
import { clientOf } from "./call";

const REFRESH = "__Host-refresh_token";

beforeAll(async () => {
  await embeddedApp();
  stopClock();
});

describe("of the other endpoints", () => {
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
