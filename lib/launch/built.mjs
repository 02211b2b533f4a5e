import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";

// What is built, and of what. Plain JavaScript: `start.mjs` asks before there is anything that could read TypeScript.

/** Where the programs lie that were bundled, in a project that is built and in a standalone folder. */
export const PROGRAMS = ".next/latchkey";
/** The bundle of all handlers below `app/api`, see `lane-table.ts`. */
export const LANE_FILE = `${PROGRAMS}/routes.mjs`;
/** Written last: the digest of what was built. */
export const STAMP = ".next/latchkey-build.sha256";

/** What is read for a build: these folders, and the code and settings in the root itself. */
const SOURCE_FOLDERS = ["app", "lib", "prisma"];
const SOURCE_FILES = /\.(?:[cm]?[jt]sx?|json|css|svg|woff2?|png|ico|prisma)$/;
/** Neither is built, and what the generated clients are made of is hashed itself. */
const NOT_BUILT =
  /\.test\.tsx?$|^lib\/db\/generated\/|\/testing\/|\.tsbuildinfo$|^next-env\.d\.ts$/;

/**
 * Whether the project in `root` is built, from these very sources.
 *
 * @param {string} root
 * @param {string} digest what `buildDigest` says
 * @param {string} result what such a build leaves, beside what every build does
 */
export async function isBuilt(root, digest, result = ".next/BUILD_ID") {
  const stamp = await readFile(join(root, STAMP), "utf8").catch(() => null);
  return stamp === digest && [result, LANE_FILE].every((file) => existsSync(join(root, file)));
}

/**
 * SHA-256 over everything that a build's result depends on: the sources and the lock file, Node's ABI and the
 * variables that Next writes into what it builds, those of `.env` among them. By contents, so that neither a checkout
 * nor a copy looks changed.
 *
 * @param {string} root
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export async function buildDigest(root, env) {
  const hash = createHash("sha256");
  hash.update(`node ${process.versions.modules}\0`);
  const all = { ...(await dotEnv(root)), ...env };
  for (const name of Object.keys(all).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${all[name]}\0`);
  }
  for (const file of await sourceFiles(root)) {
    const contents = await readFile(join(root, file));
    hash.update(`${file} ${contents.length}\0`).update(contents);
  }
  return hash.digest("hex");
}

/**
 * What `.env` says; nothing where there is none.
 *
 * @param {string} root
 */
async function dotEnv(root) {
  return parseEnv(await readFile(join(root, ".env"), "utf8").catch(() => ""));
}

/**
 * Paths relative to `root`, with `/`, in an order that is the same everywhere.
 *
 * @param {string} root
 */
async function sourceFiles(root) {
  const files = [];
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
