import { beforeAll, expect, test } from "vitest";
import { COOKIES } from "@/lib/contract";
import { embeddedApp, newcomer, pass } from "@/lib/testing/embedded-app";
import { POST as refresh } from "./route";

const REFRESH = "__Host-refresh_token";

beforeAll(() => embeddedApp({ REFRESH_IDLE_SECONDS: "60", REFRESH_ABSOLUTE_SECONDS: "100" }));

const maxAgeOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .filter((cookie) => cookie.startsWith(REFRESH))
    .map((cookie) => Number(/Max-Age=(\d+)/.exec(cookie)?.[1]))[0] ?? Number.NaN;

// bar 70
test("cookies never outlive the absolute end, after which they are taken back", async () => {
  const { client, response } = await newcomer();
  expect(maxAgeOf(response)).toBe(60);
  let leftSeconds = 100;
  for (let used = 0; used < 4; used++) {
    pass(24);
    leftSeconds -= 24;
    const maxAge = maxAgeOf(await client.send(refresh));
    expect(maxAge).toBeLessThanOrEqual(Math.min(60, leftSeconds));
    // what the machine itself took meanwhile
    expect(maxAge).toBeGreaterThan(Math.min(60, leftSeconds) - 4);
  }
  pass(4);
  const refused = await client.send(refresh);
  expect([refused.status, refused.headers.get("x-session-ended")]).toEqual([401, "expired"]);
  expect([...client.cookies.keys()]).toEqual([COOKIES.device]);
});

// bar 71
test("a session that nobody used until its idle end is over, and its cookies are taken back", async () => {
  const { client } = await newcomer();
  pass(60);
  const refused = await client.send(refresh);
  expect([refused.status, refused.headers.get("x-session-ended")]).toEqual([401, "expired"]);
  expect(refused.headers.getSetCookie()).toHaveLength(3);
  expect([...client.cookies.keys()]).toEqual([COOKIES.device]);
});
