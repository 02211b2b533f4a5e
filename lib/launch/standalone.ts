import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PROGRAMS } from "./built.mjs";
import { tracePackages } from "./standalone-trace";

/** Where Next leaves the application with the packages that it needs itself. */
const STANDALONE = ".next/standalone";

/** What the application reads by its path, and what Next leaves to be copied. */
const CARRIED = [
  ".next/static",
  PROGRAMS,
  "public",
  "lib/password/bcrypt-backend.mjs",
  "lib/password/bcrypt-worker.mjs",
  "lib/password/strength.mjs",
  "prisma/migrations",
  "prisma/schema.prisma",
  "LICENSE",
];

/** What is started there as `server.js` and `cluster.js`. */
const ENTRY = "lib/launch/standalone-entry.mjs";

/** A package with a file that is read by its path, which no trace finds. */
const READ_BY_PATH = ["node_modules/@prisma/schema-engine-wasm"];

/** What Next leaves and must not go along: a server that has none of our guards, sources, and this machine's settings. */
const NOT_CARRIED = ["server.js", "lib", ".env", ".env.production"];

/**
 * Completes what `next build` made in `root` to a folder that serves by `node server.js`, with nothing beside it but
 * Node; its path. That folder may be copied to any machine of the same operating system, processor, C library and major
 * version of Node. It holds no secrets and no data, may be read-only, and its owner need not be who runs it.
 */
export async function assembleStandalone(root: string): Promise<string> {
  const target = join(root, STANDALONE);
  for (const name of NOT_CARRIED) await rm(join(target, name), { recursive: true, force: true });
  const programs = await readdir(join(root, PROGRAMS));
  const workers = CARRIED.filter((path) => path.endsWith(".mjs"));
  const traced = await tracePackages(root, [
    ...programs.map((name) => `${PROGRAMS}/${name}`),
    ...workers,
  ]);
  for (const path of [...CARRIED, ...READ_BY_PATH, ...traced]) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await cp(join(root, path), join(target, path), { recursive: true });
  }
  await cp(join(root, ENTRY), join(target, "server.js"));
  await cp(join(root, ENTRY), join(target, "cluster.js"));
  await writeFile(join(target, "latchkey.js"), `import "./${PROGRAMS}/latchkey.mjs";\n`);
  await writeFile(join(target, "package.json"), await manifestOf(root));
  return target;
}

/** What the package says of itself, without the commands and packages that are not there. */
async function manifestOf(root: string): Promise<string> {
  const { name, version, license, type, engines } = JSON.parse(
    await readFile(join(root, "package.json"), "utf8"),
  );
  const scripts = { start: "node server.js" };
  return `${JSON.stringify({ name, version, private: true, license, type, engines, scripts }, null, 2)}\n`;
}
