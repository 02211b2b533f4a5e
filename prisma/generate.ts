import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isCommand } from "./command";
import { PROVIDERS, type Provider, schemaFor } from "./providers";

const GENERATED = fileURLToPath(new URL("../lib/db/generated", import.meta.url));
const { resolve } = createRequire(import.meta.url);
const PRISMA_PACKAGE = resolve("prisma/package.json");

/**
 * Generates the Prisma clients of both providers into `lib/db/generated`, unless they are there already for this
 * schema and these versions. True if it generated. Needs no network and no database.
 *
 * Two processes may do this at once: each generates apart, then replaces file by file, and both write the same.
 *
 * @throws Error with Prisma's own output when the schema is wrong.
 */
export async function generate(): Promise<boolean> {
  const stamp = await currentStamp();
  if (stamp === (await readFile(join(GENERATED, "stamp"), "utf8").catch(() => null))) return false;
  await mkdir(GENERATED, { recursive: true });
  const workshop = await mkdtemp(join(GENERATED, ".making-"));
  try {
    await Promise.all(PROVIDERS.map((provider) => generateInto(workshop, provider)));
    await moveInto(workshop, GENERATED);
    await writeFile(join(workshop, "stamp"), stamp);
    await moveInto(workshop, GENERATED);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return true;
}

/** What the clients are made of; the stamp is written last, so it vouches for every file beside it. */
async function currentStamp(): Promise<string> {
  const hash = createHash("sha256");
  for (const provider of PROVIDERS) hash.update(await schemaFor(provider));
  for (const file of [PRISMA_PACKAGE, resolve("@prisma/client/package.json")]) {
    hash.update(JSON.parse(await readFile(file, "utf8")).version);
  }
  return hash.digest("hex");
}

async function generateInto(directory: string, provider: Provider): Promise<void> {
  const schema = join(directory, `${provider}.prisma`);
  await writeFile(schema, await schemaFor(provider));
  const cli = join(dirname(PRISMA_PACKAGE), "build/index.js");
  const env = {
    // `generate` never runs the schema engine but wants one to be there, and would download it.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
    ...process.env,
  };
  // Run apart from the project's root, where Prisma would read prisma.config.ts and so want a DATABASE_URL.
  await promisify(execFile)(process.execPath, [cli, "generate", "--schema", schema], {
    cwd: directory,
    env,
  });
}

/** Moves what is in `from` into `to`, file by file; each replaces its namesake atomically. */
async function moveInto(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const source = join(from, name);
    const isDirectory = (await stat(source)).isDirectory();
    await (isDirectory ? moveInto : rename)(source, join(to, name));
  }
}

if (isCommand(import.meta.url) && (await generate())) {
  process.stdout.write("Generated the Prisma clients for SQLite and PostgreSQL.\n");
}
