import { cp, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const FOLDERS = ["app", "lib", "prisma", "public"];

/** A copy of the project as it is built, with another working folder and so another `.env`: none at first. */
export async function copyBuilt(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-copy-"));
  const entries = await readdir(process.cwd(), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".env"));
  for (const name of [...FOLDERS, ...files.map(({ name }) => name)]) {
    await cp(join(process.cwd(), name), join(folder, name), { recursive: true });
  }
  await cp(join(process.cwd(), ".next"), join(folder, ".next"), {
    recursive: true,
    filter: (path) => basename(path) !== "cache",
    verbatimSymlinks: true,
  });
  await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
