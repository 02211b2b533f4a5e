import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";

/** What a build and a start of the server need, beside the packages; of those what is named by its path. */
const NEEDED = [
  "app",
  "cluster.ts",
  "instrumentation.ts",
  "lib",
  "next.config.ts",
  "node_modules/@fontsource-variable/inter/files",
  "package.json",
  "postcss.config.mjs",
  "prisma",
  "prisma.config.ts",
  "proxy.ts",
  "public",
  "server.ts",
  "tsconfig.json",
];

/** A copy of the project that lacks one file. Inside the project, where the packages are found. */
export async function copyWithout(
  missing: string,
): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const parent = join(process.cwd(), "test-results");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "copy-"));
  for (const name of NEEDED.filter((each) => each !== missing)) {
    await cp(join(process.cwd(), name), join(folder, name), { recursive: true });
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
