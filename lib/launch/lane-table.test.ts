import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { LANE_FILE } from "./built.mjs";
import { bundlePrograms } from "./bundle";
import { routeFiles } from "./lane-table";

test("the tree below app/api is the table, with nobody listing anything", async () => {
  const root = await mkdtemp(join(tmpdir(), "latchkey-lane-"));
  const files = {
    "server.ts": "",
    "cluster.ts": "",
    "lib/cli/main.ts": "",
    "lib/launch/migration-thread.ts": "",
    "lib/word.ts": `export const word: string = "one";`,
    "app/api/one/route.ts": `import { word } from "@/lib/word"; export const GET = () => word;`,
    "app/api/(group)/two/[id]/route.ts": `export const GET = () => "two";`,
    "app/api/two/route.test.ts": "",
    "app/api/two/page.tsx": "",
    "app/two/route.ts": "",
  };
  await writeFile(join(root, "tsconfig.json"), `{"compilerOptions":{"paths":{"@/*":["./*"]}}}`);
  for (const [file, source] of Object.entries(files)) {
    await mkdir(join(root, file, ".."), { recursive: true });
    await writeFile(join(root, file), source);
  }
  expect(routeFiles(root)).toEqual([
    { file: "app/api/(group)/two/[id]/route.ts", path: "/api/two/[id]" },
    { file: "app/api/one/route.ts", path: "/api/one" },
  ]);

  await bundlePrograms(root);
  const { routes: table } = await import(pathToFileURL(join(root, LANE_FILE)).href);
  expect(table.map(([path, { GET }]: [string, { GET(): string }]) => [path, GET()])).toEqual([
    ["/api/two/[id]", "two"],
    ["/api/one", "one"],
  ]);
  await rm(root, { recursive: true });
});
