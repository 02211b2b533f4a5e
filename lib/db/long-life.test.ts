import { afterAll, beforeAll, expect, test } from "vitest";
import { NOW, presenting, WINDOWS } from "@/lib/auth/testing/samples";
import { storedSession } from "@/lib/auth/testing/stored";
import { sizeOf } from "./testing/aside";
import { type RealWorld, realWorld } from "./testing/real-world";

const ROTATIONS = 10_000;
const AT_ONCE = 50;

let world: RealWorld;
beforeAll(async () => {
  world = await realWorld();
});
afterAll(() => world.close());

// bar 86
test("10 000 refreshes leave one row for each session, and a database that does not grow", async () => {
  const { store } = world.context;
  const sessions = [];
  for (let made = 0; made < AT_ONCE; made++) sessions.push(await storedSession(store));
  const before = await sizeOf(world.url);
  for (let generation = 0; generation < ROTATIONS / AT_ONCE; generation++) {
    const rotated = await Promise.all(
      sessions.map((row) => store.rotateSession(presenting(row, { generation }), NOW, WINDOWS)),
    );
    for (const found of rotated) expect(found?.session.generation).toBe(generation + 1);
  }
  expect(await world.aside.session.count()).toBe(AT_ONCE);
  expect((await sizeOf(world.url)) - before).toBeLessThan(5 * 1024 * 1024);
}, 240_000);
