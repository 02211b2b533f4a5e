import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildDigest, STAMP } from "../../lib/launch/built.mjs";

const PEERS = fileURLToPath(new URL("peers/", import.meta.url));
const NOT_SOURCES = /(?:^|[\\/])(?:node_modules|\.next|next-env\.d\.ts)(?:$|[\\/])/;

/**
 * The folder of a peer that is a Next application, built unless it is built from these very sources and ours, of which
 * it shows some. By the Next of this project, so that both run on the same one.
 *
 * @throws Error with what the build wrote, when it fails
 */
export async function builtNextPeer(name: "bare-next" | "better-auth"): Promise<string> {
  const folder = join(PEERS, name);
  const stamp = join(folder, STAMP);
  const digest = await digestOf(folder);
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === digest) return folder;
  await rm(stamp, { force: true });
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const { PATH = "", HOME = "", TMPDIR = "/tmp" } = process.env;
  const child = spawn(process.execPath, [next, "build"], {
    cwd: folder,
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", PATH, HOME, TMPDIR },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [exitCode] = await once(child, "close");
  if (exitCode !== 0) throw new Error(`${name} could not be built:\n${output}`);
  await mkdir(join(folder, ".next"), { recursive: true });
  await writeFile(stamp, digest);
  return folder;
}

/** Whether the packages are there that are no dependencies of ours; `npm run bench:peers` gets them. */
export const hasBetterAuth = () => existsSync(join(PEERS, "better-auth/node_modules/better-auth"));

/** Over the peers and everything of ours that a build reads. */
async function digestOf(folder: string): Promise<string> {
  const hash = createHash("sha256").update(await buildDigest(process.cwd(), process.env));
  const entries = await readdir(PEERS, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !NOT_SOURCES.test(file.slice(PEERS.length)));
  for (const file of files.sort()) hash.update(`${file}\0`).update(await readFile(file));
  return hash.update(folder).digest("hex");
}
