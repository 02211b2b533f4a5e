import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { PROGRAMS } from "./built.mjs";
import { routeFiles, tableSource } from "./lane-table";

/** The programs, by the names that they have in the bundle. */
const ENTRIES = {
  server: "server.ts",
  cluster: "cluster.ts",
  latchkey: "lib/cli/main.ts",
  migrate: "lib/launch/migration-thread.ts",
  routes: "latchkey:routes",
};

/** What they need not do, since it is done before they start; and what they do otherwise than the sources. */
const REPLACED = {
  "@/lib/launch/prepare-code": "./lib/launch/prepared-code.ts",
  "@/lib/launch/apply-migrations": "./lib/launch/apply-migrations-aside.ts",
};

/** What only writing a migration needs, on a database of its own. */
const LEFT_OUT = ["@/lib/db/testing/*"];

/**
 * Bundles our own sources of the programs, and every handler below `app/api`, in the project in `root`: for Node,
 * without their packages. What several share is one file, and what one may need later is one that is read then.
 */
export async function bundlePrograms(root: string): Promise<void> {
  await rm(join(root, PROGRAMS), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: PROGRAMS,
    // Next says of its folder that `.js` is CommonJS
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    alias: REPLACED,
    external: LEFT_OUT,
    plugins: [routesOf(root), keepPlaces(root)],
    logLevel: "warning",
  });
}

/** Makes the table of handlers of the file tree. */
function routesOf(root: string): Plugin {
  return {
    name: "routes",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^latchkey:routes$/ }, ({ path }) => ({ path, namespace: "routes" }));
      onLoad({ filter: /.*/, namespace: "routes" }, () => ({
        contents: tableSource(routeFiles(root)),
        resolveDir: root,
      }));
    },
  };
}

/** A module goes on to find what lies beside it: its URL is where it is in the project, seen from the bundle. */
function keepPlaces(root: string): Plugin {
  return {
    name: "keep-places",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/, namespace: "file" }, async ({ path }) => {
        const place = relative(join(root, PROGRAMS), path).replaceAll("\\", "/");
        const source = await readFile(path, "utf8");
        const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
        return { loader: "ts", contents: source.replaceAll("import.meta.url", url) };
      });
    },
  };
}
