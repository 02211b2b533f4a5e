import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { build, type Plugin } from "esbuild";

/** The programs of the standalone folder, by the names that they have there. */
const ENTRIES = { server: "server.ts", cluster: "cluster.ts", latchkey: "lib/cli/main.ts" };

/** What they do not do there, since it is done. */
const REPLACED = { "@/lib/launch/prepare-code": "./lib/launch/standalone-code.ts" };

/** What only writing a migration needs, on a database of its own. */
const LEFT_OUT = ["@/lib/db/testing/*"];

/**
 * Bundles our own sources of the programs into `folder`, all files side by side, for Node and without their packages;
 * the paths of the files that came about, relative to `root`.
 */
export async function bundleEntries(root: string, folder: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    alias: REPLACED,
    external: LEFT_OUT,
    plugins: [keepPlaces(root)],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(metafile.outputs);
}

/** A module goes on to find what lies beside it: its URL is where it would be if it were in the bundle's folder. */
function keepPlaces(root: string): Plugin {
  return {
    name: "keep-places",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/, namespace: "file" }, async ({ path }) => {
        const place = JSON.stringify(relative(root, path).replaceAll("\\", "/"));
        const source = await readFile(path, "utf8");
        const url = `new URL(${place}, import.meta.url).href`;
        return { loader: "ts", contents: source.replaceAll("import.meta.url", url) };
      });
    },
  };
}
