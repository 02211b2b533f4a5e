import { cp, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembleStandalone } from "@/lib/launch/standalone";

/** The standalone folder of this build in a place of its own, where no package of the project is found. */
export async function carryStandalone(): Promise<{
  readonly folder: string;
  /** Everything in it, with what changes when somebody writes there. */
  contents(): Promise<readonly string[]>;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-standalone-"));
  await cp(await assembleStandalone(process.cwd()), folder, {
    recursive: true,
    verbatimSymlinks: true,
  });
  return {
    folder,
    contents: () => contentsOf(folder),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function contentsOf(folder: string): Promise<readonly string[]> {
  const paths = await readdir(folder, { recursive: true });
  const told = paths.map(async (path) => {
    const { size, mtimeMs } = await stat(join(folder, path));
    return `${path} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(told)).sort();
}
