import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { LastParts, type Part } from "./last-parts";

/** What a process says that counted so many logins, of one second each, and has so many waiting. */
function partOf(logins: number, waiting: number): Promise<Part> {
  const registry = new Registry();
  const registers = [registry];
  const counter = new Counter({ name: "logins", help: "-", labelNames: ["how"], registers });
  counter.inc({ how: "well" }, logins);
  const histogram = new Histogram({ name: "seconds", help: "-", buckets: [2], registers });
  for (let login = 0; login < logins; login += 1) histogram.observe(1);
  new Gauge({ name: "waiting", help: "-", registers }).set(waiting);
  return registry.getMetricsAsJSON() as Promise<Part>;
}

test("what ended processes counted stays in the sum, and what waited there does not", async () => {
  const parts = new LastParts();
  parts.heard(1, await partOf(3, 10));
  parts.heard(2, await partOf(4, 20));
  parts.heard(3, await partOf(5, 30));
  await Promise.all([parts.ended(1), parts.ended(2)]);
  parts.heard(4, await partOf(1, 40));
  const text = await parts.sum();
  expect(text).toContain('\nlogins{how="well"} 13\n');
  expect(text).toContain('\nseconds_bucket{le="2"} 13\n');
  expect(text).toContain("\nseconds_count 13\n");
  expect(text).toContain("\nwaiting 70\n");
});

test("only the last counts of what a process says", async () => {
  const parts = new LastParts();
  parts.heard(1, await partOf(3, 0));
  parts.heard(1, await partOf(5, 0));
  expect(await parts.sum()).toContain('\nlogins{how="well"} 5\n');
});

test("the end of one that said nothing changes nothing", async () => {
  const parts = new LastParts();
  parts.heard(1, await partOf(3, 0));
  await parts.ended(2);
  expect(await parts.sum()).toContain('\nlogins{how="well"} 3\n');
});
