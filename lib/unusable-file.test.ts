import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/prisma/migrate";
import { ofUnusableFile } from "./unusable-file";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "unusable-"));
  await mkdir(join(directory, "folder"));
  await writeFile(join(directory, "file"), "");
});
afterAll(() => rm(directory, { recursive: true }));

test.each([
  ["folder", /^EISDIR: .*folder': this file cannot be used\.$/],
  ["file/latchkey.db", /^EEXIST: .*file': this file cannot be used\.$/],
  [`${"n".repeat(300)}/latchkey.db`, /^ENAMETOOLONG: /],
])("a database that cannot be at %s is said in one sentence", async (path, sentence) => {
  const error = await migrate(`file:${join(directory, path)}`).catch((thrown: unknown) => thrown);
  expect(ofUnusableFile(error)).toMatch(sentence);
});

test("of any other error nothing is said", () => {
  expect(ofUnusableFile(new TypeError("a bug"))).toBeNull();
  expect(ofUnusableFile(Object.assign(new Error("listen"), { code: "EACCES" }))).toBeNull();
});
