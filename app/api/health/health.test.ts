import { beforeAll, expect, test } from "vitest";
import { beginDraining } from "@/lib/http/draining";
import type { CapturedLog } from "@/lib/testing/captured-log";
import { embeddedApp } from "@/lib/testing/embedded-app";
import { GET as live } from "./live/route";
import { GET as ready } from "./ready/route";

let log: CapturedLog;
beforeAll(async () => {
  log = await embeddedApp();
});

const ask = (endpoint: typeof live) => endpoint(new Request("http://localhost:3000/"));

test("a server that stops says that it is not ready any more, and lives on; the log need not know", async () => {
  for (const endpoint of [live, ready]) {
    const answer = await ask(endpoint);
    expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
  }
  beginDraining();
  const answer = await ask(ready);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("1");
  expect(await answer.json()).toEqual({
    detail: "Service temporarily unavailable",
    error: "unavailable",
  });
  expect((await ask(live)).status).toBe(200);
  expect(log.text()).toBe("");
});
