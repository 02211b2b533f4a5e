import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What `next build` reads: these folders, and the code and settings in the root itself. */
const SOURCE_FOLDERS = ["app", "lib"];
const SOURCE_FILES = /\.(?:[cm]?[jt]sx?|json|css|svg|woff2?|png|ico)$/;
/** Neither is built, and what the generated clients are made of is hashed itself. */
const NOT_BUILT =
  /\.test\.tsx?$|^lib\/db\/generated\/|\/testing\/|\.tsbuildinfo$|^next-env\.d\.ts$/;
const GENERATED_FROM = "prisma/schema.prisma";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * SHA-256 over everything that a build's result depends on: the sources and the lock file, Node's ABI and the
 * variables that Next writes into what it builds. By contents, so that neither a checkout nor a copy looks changed.
 */
export async function buildDigest(root: string, env: Environment): Promise<string> {
  const hash = createHash("sha256");
  hash.update(`node ${process.versions.modules}\0`);
  for (const name of Object.keys(env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${env[name]}\0`);
  }
  for (const file of await sourceFiles(root)) {
    const contents = await readFile(join(root, file));
    hash.update(`${file} ${contents.length}\0`).update(contents);
  }
  return hash.digest("hex");
}

/** Paths relative to `root`, with `/`, in an order that is the same everywhere. */
async function sourceFiles(root: string): Promise<readonly string[]> {
  const files = [GENERATED_FROM];
  const [top, ...folders] = await Promise.all([
    readdir(root, { withFileTypes: true }),
    ...SOURCE_FOLDERS.map((folder) =>
      readdir(join(root, folder), { withFileTypes: true, recursive: true }),
    ),
  ]);
  for (const entry of [...top, ...folders.flat()]) {
    if (!entry.isFile() || !SOURCE_FILES.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll("\\", "/");
    if (!NOT_BUILT.test(path)) files.push(path);
  }
  return files.sort();
}
