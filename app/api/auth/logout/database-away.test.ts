import { beforeAll, expect, test } from "vitest";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { COOKIES } from "@/lib/contract";
import { takeAway } from "@/lib/db/testing/aside";
import { embeddedApp, newcomer, whoAmI } from "@/lib/testing/embedded-app";
import { POST as logout } from "./route";

beforeAll(() => embeddedApp());

// bar 82
test("logout while the database is away says 503 and leaves nothing in the browser all the same", async () => {
  const { client } = await newcomer();
  const copy = client.copy();
  const bringBack = await takeAway(process.env.DATABASE_URL ?? "");
  expect((await whoAmI(client)).status).toBe(503);
  const response = await client.send(logout);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  expect([...client.cookies.keys()]).toEqual([COOKIES.device]);
  // anything else touches no cookie
  expect((await copy.send(refresh)).status).toBe(503);
  expect(copy.cookies.size).toBe(4);
  await bringBack();
  expect((await copy.send(refresh)).status).toBe(200);
});
