import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { BuildError } from "./build-error";
import { buildDigest, isBuilt, STAMP } from "./built.mjs";
import { bundlePrograms } from "./bundle";
import { withLock } from "./lock";

/** `next build` empties `.next` but for a few folders; `cache` is one that stays. */
const CACHE = ".next/cache";
const LOCK = `${CACHE}/latchkey-build.lock`;
const LOG = `${CACHE}/latchkey-build.log`;

/** For `npm start` in this very folder, or to be carried elsewhere (which serves the folder too). */
export type BuildKind = "in-place" | "standalone";

/** What a build of each kind leaves; Next ends with 0 also when its workers went away. */
const RESULT: Readonly<Record<BuildKind, string>> = {
  "in-place": ".next/BUILD_ID",
  standalone: ".next/standalone/.next/BUILD_ID",
};

/**
 * Builds the application in `root` unless it is built already from these very sources; `onBuild` is told
 * first, also when another process is at it and this one waits.
 *
 * Safe when several processes start from one directory: one builds, the others wait and find it done. The stamp is
 * removed first and written last, so a build that was cut short is never taken for one. Aborting `stop` ends it.
 * Does NOT protect a server that already runs from `root`: Next builds in place.
 *
 * @throws BuildError, or an AbortError
 */
export async function ensureBuilt(
  root: string,
  stop: AbortSignal,
  onBuild: () => void,
  kind: BuildKind = "in-place",
): Promise<void> {
  const digest = await buildDigest(root, process.env);
  if (await isBuilt(root, digest, RESULT[kind])) return;
  onBuild();
  await withLock(join(root, LOCK), async () => {
    if (await isBuilt(root, digest, RESULT[kind])) return;
    await rm(join(root, STAMP), { force: true });
    await runNextBuild(root, stop, kind);
    await bundlePrograms(root);
    await writeFile(join(root, STAMP), digest);
  });
}

/** Preloaded into the build, so that it ends with us even when we are killed; the workers it forks are its own. */
const END_WITH_PARENT = `if (process.ppid === ${process.pid}) {
  process.on("disconnect", () => process.exit(1));
  process.channel?.unref();
}`;

async function runNextBuild(root: string, stop: AbortSignal, kind: BuildKind): Promise<void> {
  const next = createRequire(join(root, "package.json")).resolve("next/dist/bin/next");
  const preload = `data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`;
  await mkdir(join(root, CACHE), { recursive: true });
  const log = await open(join(root, LOG), "w");
  try {
    const child = spawn(process.execPath, ["--import", preload, next, "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", NEXT_OUTPUT: kind },
      stdio: ["ignore", log.fd, log.fd, "ipc"],
      signal: stop,
    });
    const [exitCode] = await once(child, "exit");
    if (exitCode !== 0 || !existsSync(join(root, RESULT[kind]))) {
      throw new BuildError(await readFile(join(root, LOG), "utf8"));
    }
  } finally {
    await log.close();
  }
}
