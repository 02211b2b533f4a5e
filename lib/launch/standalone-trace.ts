import { createRequire } from "node:module";

/** Of `@vercel/nft`, of which Next brings the copy that it traces with itself; it has no types there. */
interface Tracer {
  nodeFileTrace(
    files: readonly string[],
    options: {
      readonly base: string;
      readonly processCwd: string;
      readonly ignore: (path: string) => boolean;
    },
  ): Promise<{ readonly fileList: ReadonlySet<string> }>;
}

/** Traced by Next, which leaves out of itself what a build needs; and sources of ours, which are bundled. */
const NOT_TRACED = /^node_modules\/(?:next|react|react-dom|sharp|@img)\/|^lib\/.*\.ts$/;

/** The files of packages that `files` (paths in `root`) need when they run, as paths in `root`. */
export async function tracePackages(
  root: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const tracer: Tracer = createRequire(import.meta.url)("next/dist/compiled/@vercel/nft");
  const { fileList } = await tracer.nodeFileTrace(files, {
    base: root,
    processCwd: root,
    ignore: (path) => NOT_TRACED.test(path),
  });
  return [...fileList].filter((path) => path.startsWith("node_modules/"));
}
