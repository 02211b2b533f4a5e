import fc from "fast-check";
import { expect, test } from "vitest";
import { FakeBrowser, type FakeTab } from "./testing/fake-browser";
import type { Fate } from "./testing/fake-network";
import { API } from "./testing/fake-server";

const TABS = 4;
const fates: readonly Fate[] = [
  "delivered",
  "delivered",
  "delivered",
  "unsent",
  "unanswered",
  "body lost",
  "silence",
  new Response(null, { status: 503 }),
];

const step = fc.record({
  tab: fc.nat(TABS - 1),
  act: fc.constantFrom("call", "call", "expire", "look", "look away", "sleep", "come back", "load"),
  passMs: fc.constantFrom(0, 5, 15, 500, 4_000, 20_000, 3_600_000),
});

async function perform(browser: FakeBrowser, tabs: FakeTab[], { tab: index, act }: Step) {
  const tab = tabs[index];
  if (tab === undefined) return;
  if (act === "call") void tab.auth.fetch(API).catch(() => {});
  if (act === "expire") browser.expireAccess();
  if (act === "look away") tab.isVisible = false;
  if (act === "sleep") {
    tab.isAsleep = true;
    tab.signals?.left();
  }
  if (act === "come back") {
    tab.isAsleep = false;
    tab.signals?.restored();
  }
  if (act === "look") {
    tab.isVisible = true;
    tab.signals?.attended();
  }
  if (act === "load") tabs[index] = browser.reload(tab);
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

test("whatever tabs and the network do, nobody is signed out and no theft is suspected", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.infiniteStream(fc.constantFrom(...fates)),
      async (steps, luck) => {
        const browser = new FakeBrowser().signIn();
        const tabs = Array.from({ length: TABS }, () => browser.open());
        browser.queue.isStuck = steps.length % 3 === 0;
        browser.network.fate = () => luck.next().value;
        for (const next of steps) {
          await perform(browser, tabs, next);
          await browser.time.pass(next.passMs);
        }
        // the weather clears
        browser.network.fate = () => "delivered";
        await browser.time.pass(60_000);
        const last = browser.reload(tabs[0] ?? browser.open());
        browser.expireAccess();
        const call = last.auth.fetch(API);
        await browser.time.pass(60_000);

        expect([...browser.server.sessions.values()].map(({ ended }) => ended)).toEqual([null]);
        expect((await call).status).toBe(200);
        expect([...tabs, last].flatMap(({ moves }) => moves)).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

// bar F26
test("five tabs lose three of ten answers for ten minutes, and stay signed in", async () => {
  const browser = new FakeBrowser();
  browser.server.accessTokenSeconds = 5;
  browser.signIn();
  let sent = 0;
  browser.network.fate = () => ([0, 4, 7].includes(sent++ % 10) ? "unanswered" : "delivered");
  let drawn = 0;
  browser.random = () => ((drawn++ * 7) % 10) / 10;
  const page = { kind: "guarded", initial: null } as const;
  const tabs = Array.from({ length: 5 }, () => browser.open(page));
  await browser.time.pass(600_000);
  expect(tabs.map(({ auth }) => auth.state()?.user?.username)).toEqual(Array(5).fill("john"));
  expect(tabs.flatMap(({ moves }) => moves)).toEqual([]);
  expect([...browser.server.sessions.values()].map(({ ended }) => ended)).toEqual([null]);
  expect(browser.server.refreshes).toBeLessThan(400);
});
