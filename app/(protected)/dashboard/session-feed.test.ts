import { expect, test } from "vitest";
import type { WireSession } from "@/lib/contract";
import { createSessionFeed } from "./session-feed";

const session = (id: string, current = false): WireSession => ({
  id,
  current,
  device: `Device ${id}`,
  created_at: "2026-11-22T10:00:00.000Z",
  last_used_at: "2026-11-22T10:00:00.000Z",
  expires_at: "2026-11-29T10:00:00.000Z",
  ip: null,
  user_agent: null,
});
const here = session("here", true);
const phone = session("phone");
const work = session("work");

/** A server whose answers are given one by one, in any order. */
function server() {
  const asked: { method: string; path: string; answer: (response: Response) => void }[] = [];
  const send = (path: string, init?: RequestInit) =>
    new Promise<Response>((answer) => asked.push({ method: init?.method ?? "GET", path, answer }));
  return { asked, send };
}

const ids = (feed: ReturnType<typeof createSessionFeed>) =>
  feed.current().sessions.map(({ id }) => id);

test("an ended session leaves the list, and that is told", async () => {
  const { asked, send } = server();
  const feed = createSessionFeed(send, [here, phone, work]);
  const done = feed.end(phone);
  expect(feed.current().ending).toBe("phone");
  expect(asked[0]).toMatchObject({ method: "DELETE", path: "/api/auth/sessions/phone" });
  asked[0]?.answer(new Response(null, { status: 204 }));
  await done;
  expect(ids(feed)).toEqual(["here", "work"]);
  expect(feed.current()).toMatchObject({
    ending: null,
    news: "Ended: Device phone.",
    failed: false,
  });
});

test("a session that was gone already leaves the list too", async () => {
  const feed = createSessionFeed(async () => new Response(null, { status: 404 }), [here, phone]);
  await feed.end(phone);
  expect(ids(feed)).toEqual(["here"]);
});

test("a failed ending keeps the list and says so", async () => {
  const feed = createSessionFeed(() => Promise.reject(new TypeError("offline")), [here, phone]);
  await feed.end(phone);
  expect(ids(feed)).toEqual(["here", "phone"]);
  expect(feed.current()).toMatchObject({ ending: null, failed: true });
});

test("ending all others leaves the current one", async () => {
  const feed = createSessionFeed(
    async () => new Response(null, { status: 204 }),
    [here, phone, work],
  );
  await feed.endOthers();
  expect(ids(feed)).toEqual(["here"]);
});

test("a list asked for before an ending does not bring the ended session back", async () => {
  const { asked, send } = server();
  const feed = createSessionFeed(send, [here, phone]);
  const loading = feed.load();
  const ending = feed.end(phone);
  asked[1]?.answer(new Response(null, { status: 204 }));
  await ending;
  asked[0]?.answer(Response.json([here, phone]));
  await loading;
  expect(ids(feed)).toEqual(["here"]);
});

test("a second ending waits for nobody and is ignored", async () => {
  const { asked, send } = server();
  const feed = createSessionFeed(send, [here, phone, work]);
  const done = feed.end(phone);
  await feed.end(work);
  expect(asked).toHaveLength(1);
  asked[0]?.answer(new Response(null, { status: 204 }));
  await done;
  expect(ids(feed)).toEqual(["here", "work"]);
});

test("a list that could not be had is told, until it can be had again", async () => {
  let up = false;
  const feed = createSessionFeed(
    async () => (up ? Response.json([here]) : new Response(null, { status: 503 })),
    [here, phone],
  );
  await feed.load();
  expect(feed.current()).toMatchObject({ failed: true });
  expect(ids(feed)).toEqual(["here", "phone"]);
  up = true;
  await feed.load();
  expect(feed.current()).toMatchObject({ failed: false, news: "" });
  expect(ids(feed)).toEqual(["here"]);
});
