import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { LANE_FOLDER } from "./lane-file";
import { routeFiles, tableSource } from "./lane-table";

/**
 * Bundles every handler below `app/api` of the project in `root`, for Node and without its packages. Some 50 ms.
 * What is bundled must be imported after Next is prepared, which brings what its own modules ask for.
 */
export async function bundleLane(root: string): Promise<void> {
  await rm(join(root, LANE_FOLDER), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    stdin: { contents: tableSource(routeFiles(root)), resolveDir: root, sourcefile: "routes.ts" },
    outdir: LANE_FOLDER,
    entryNames: "routes",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // what is imported later, such as the client of the other database, is not even read
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
}
