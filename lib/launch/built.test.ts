import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildDigest } from "./built.mjs";

let root: string;

async function write(path: string, contents: string): Promise<void> {
  await mkdir(join(root, path, ".."), { recursive: true });
  await writeFile(join(root, path), contents);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "latchkey-digest-"));
  await write("app/page.tsx", "page");
  await write("lib/deep/er/thing.ts", "thing");
  await write("prisma/schema.prisma", "model");
  await write("package-lock.json", "{}");
});
afterEach(() => rm(root, { recursive: true }));

test("the same contents are the same build, wherever they lie and whenever they were written", async () => {
  const digest = await buildDigest(root, {});
  await utimes(join(root, "app/page.tsx"), 0, 0);
  expect(await buildDigest(root, {})).toBe(digest);
  await cp(root, `${root}-copy`, { recursive: true });
  expect(await buildDigest(`${root}-copy`, {})).toBe(digest);
  await rm(`${root}-copy`, { recursive: true });
});

test.each([
  "app/page.tsx",
  "lib/deep/er/thing.ts",
  "lib/new.css",
  "prisma/schema.prisma",
  "prisma/migrate.ts",
  "package-lock.json",
  "server.ts",
])("a change of %s is another build", async (path) => {
  const digest = await buildDigest(root, {});
  await write(path, "changed");
  expect(await buildDigest(root, {})).not.toBe(digest);
});

test.each([
  "app/page.test.tsx",
  "lib/auth/testing/world.ts",
  "lib/db/generated/client.ts",
  "README.md",
  "e2e/a.ts",
  "tsconfig.tsbuildinfo",
])("a change of %s is not", async (path) => {
  const digest = await buildDigest(root, {});
  await write(path, "changed");
  expect(await buildDigest(root, {})).toBe(digest);
});

test("of the environment only what Next builds in counts", async () => {
  const digest = await buildDigest(root, { PORT: "3000", NEXT_PUBLIC_A: "1" });
  expect(await buildDigest(root, { PORT: "4000", NEXT_PUBLIC_A: "1" })).toBe(digest);
  expect(await buildDigest(root, { PORT: "3000", NEXT_PUBLIC_A: "2" })).not.toBe(digest);
});

test("what Next builds in counts in .env as in the environment, which goes first", async () => {
  const digest = await buildDigest(root, { NEXT_PUBLIC_A: "1" });
  await write(".env", "PORT=4000\nNEXT_PUBLIC_A=1");
  expect(await buildDigest(root, {})).toBe(digest);
  expect(await buildDigest(root, { NEXT_PUBLIC_A: "1" })).toBe(digest);
  expect(await buildDigest(root, { NEXT_PUBLIC_A: "2" })).not.toBe(digest);
});

test("what one file loses another cannot gain unnoticed", async () => {
  const digest = await buildDigest(root, {});
  await write("app/page.tsx", "pag");
  await write("lib/deep/er/thing.ts", "ething");
  expect(await buildDigest(root, {})).not.toBe(digest);
});
