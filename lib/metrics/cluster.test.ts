import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("testing/cluster-process.ts", import.meta.url));

/** What the first worker of a real cluster says when it is asked for the metrics. */
async function told(...given: readonly string[]): Promise<string> {
  const primary = spawn(process.execPath, ["--import", "tsx", program, ...given], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    return await text(primary.stdout);
  } finally {
    primary.kill("SIGKILL");
  }
}

test("any worker tells the sum over all", async () => {
  const metrics = await told("3,4,5", "30000");
  expect(metrics).toContain("\nlatchkey_registrations_total 12\n");
  expect(metrics).toContain('\nlatchkey_refreshes_total{verdict="rotated"} 0\n');
  expect(metrics).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test("a worker that does not answer, as one that is just starting, is left out", async () => {
  expect(await told("3,0", "200")).toContain("\nlatchkey_registrations_total 3\n");
});

test("a worker whose primary does not answer tells nothing: its own would look like the sum", async () => {
  expect(await told("3,4", "0")).toBe("AuthError: unavailable");
});
