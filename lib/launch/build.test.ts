import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureBuilt } from "./build";

let root: string;
const never = new AbortController().signal;

/** Puts a program in the place of Next's own; it can `say` what it did and leave a result. */
async function nextIs(program: string): Promise<void> {
  const prelude = `
    const { appendFileSync, writeFileSync } = require("node:fs");
    const say = (word) => appendFileSync("built", word + ";");
    const leaveResult = () => writeFileSync(".next/BUILD_ID", "x");`;
  await writeFile(join(root, "node_modules/next/dist/bin/next"), prelude + program);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "latchkey-build-"));
  for (const folder of [
    "app/api",
    "lib/cli",
    "lib/launch",
    "prisma",
    "node_modules/next/dist/bin",
  ]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await writeFile(join(root, "package.json"), "{}");
  for (const program of [
    "server.ts",
    "cluster.ts",
    "lib/cli/main.ts",
    "lib/launch/migration-thread.ts",
  ]) {
    await writeFile(join(root, program), "");
  }
  await writeFile(join(root, "prisma/schema.prisma"), "model");
  await nextIs("say(process.argv[2] + process.env.NODE_ENV); leaveResult();");
});
afterEach(() => rm(root, { recursive: true }));

const built = () => readFile(join(root, "built"), "utf8");

test("two that start at once build once, and a third finds it done", async () => {
  const start = () => ensureBuilt(root, never, () => {});
  await Promise.all([start(), start()]);
  await start();
  expect(await built()).toBe("buildproduction;");
});

test("changed sources are built anew", async () => {
  await ensureBuilt(root, never, () => {});
  await writeFile(join(root, "app/page.tsx"), "new");
  await ensureBuilt(root, never, () => {});
  expect(await built()).toBe("buildproduction;buildproduction;");
});

test("a standalone build is one more than that in place, and serves in place too", async () => {
  await nextIs(`
    say(process.env.NEXT_OUTPUT);
    leaveResult();
    require("node:fs").mkdirSync(".next/standalone/.next", { recursive: true });
    writeFileSync(".next/standalone/.next/BUILD_ID", "x");`);
  await ensureBuilt(root, never, () => {});
  await rm(join(root, ".next/standalone"), { recursive: true });
  await ensureBuilt(root, never, () => {}, "standalone");
  await ensureBuilt(root, never, () => {}, "standalone");
  await ensureBuilt(root, never, () => {});
  expect(await built()).toBe("in-place;standalone;");
});

test("a failed build says what Next said and is not taken for a build", async () => {
  await nextIs(`console.log("looking"); console.error("broken"); process.exit(1)`);
  const failing = ensureBuilt(root, never, () => {});
  await expect(failing).rejects.toMatchObject({ name: "BuildError", output: "looking\nbroken\n" });
  await nextIs(`say("at last"); leaveResult();`);
  await ensureBuilt(root, never, () => {});
  expect(await built()).toBe("at last;");
});

test("a build that ends well without a result has failed", async () => {
  await nextIs(`say("nothing")`);
  await expect(ensureBuilt(root, never, () => {})).rejects.toMatchObject({ name: "BuildError" });
});

test("a stop ends the build, and the next start builds again", async () => {
  await nextIs(`say("begun"); setInterval(() => {}, 1000)`);
  const controller = new AbortController();
  const stopped = ensureBuilt(root, controller.signal, () => {});
  while ((await built().catch(() => "")) !== "begun;") await new Promise(setImmediate);
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  await nextIs(`say("again"); leaveResult();`);
  await ensureBuilt(root, never, () => {});
  expect(await built()).toBe("begun;again;");
});
