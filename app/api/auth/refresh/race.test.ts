import { beforeAll, expect, test } from "vitest";
import { embeddedApp, newcomer, whoAmI } from "@/lib/testing/embedded-app";
import { patiently } from "@/lib/testing/patiently";
import { POST as refresh } from "./route";

const REFRESH = "__Host-refresh_token";
const HINT = "__Host-auth_hint";

// as long as it may be: a machine that is busy elsewhere answers the last of them late
beforeAll(() => embeddedApp({ REFRESH_GRACE_SECONDS: "60" }));

// bar 64, 65
test("of a thousand refreshes of one token at once each gets the same successor", async () => {
  const { client } = await newcomer();
  const racers = Array.from({ length: 1000 }, () => client.copy());
  const answers = await Promise.all(racers.map((racer) => patiently(() => racer.send(refresh))));
  expect(answers.map(({ status }) => status)).toEqual(Array(1000).fill(200));
  expect(answers.flatMap(({ headers }) => headers.getSetCookie()).join()).not.toMatch(/Max-Age=0/);
  expect(new Set(racers.map(({ cookies }) => cookies.get(REFRESH))).size).toBe(1);
  expect(racers[0]?.cookies.get(HINT)).toMatch(/\.1$/);
  expect((await whoAmI(client)).status).toBe(200);
}, 180_000);
