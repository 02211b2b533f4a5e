import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("wrong settings are told before a start builds", async () => {
  const env = { ...process.env, PORT: "eighty" };
  const command = ["--import", "tsx", "lib/launch/build-command.ts", "--for-start"];
  const failed = await run(process.execPath, command, { env }).catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("PORT");
  expect(failed.stdout).toBe("");
});
