import { beforeAll, expect, test } from "vitest";
import { embeddedApp, newcomer, whoAmI } from "@/lib/testing/embedded-app";
import { patiently } from "@/lib/testing/patiently";
import { POST as refresh } from "./route";

beforeAll(() => embeddedApp({ REFRESH_GRACE_SECONDS: "0" }));

// bar 63, 64
test("without a grace one of a thousand refreshes wins, and the session is over", async () => {
  const { client } = await newcomer();
  const racers = Array.from({ length: 1000 }, () => client.copy());
  const statuses = (
    await Promise.all(racers.map((racer) => patiently(() => racer.send(refresh))))
  ).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 401)).toHaveLength(999);
  const winner = racers[statuses.indexOf(200)];
  expect(winner && (await whoAmI(winner)).status).toBe(401);
  expect(winner && (await winner.send(refresh)).status).toBe(401);
}, 180_000);
