import { readdirSync } from "node:fs";
import { join } from "node:path";

/** A `route.ts` below `app/api`. */
export interface RouteFile {
  /** Its path in the project, with `/`. */
  readonly file: string;
  /** The path that it answers, with Next's words for what is variable: `/api/auth/sessions/[id]`. */
  readonly path: string;
}

const FOLDER = "app/api";

/**
 * Every `route.ts` below `app/api` of the project in `root`, in an order that is the same everywhere. The tree is the
 * only list of them there is.
 */
export function routeFiles(root: string): readonly RouteFile[] {
  return readdirSync(join(root, FOLDER), { recursive: true, encoding: "utf8" })
    .map((name) => `${FOLDER}/${name.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith("/route.ts"))
    .sort()
    .map((file) => ({ file, path: pathOf(file) }));
}

const pathOf = (file: string) => withoutGroups(`/${file.split("/").slice(1, -1).join("/")}`);

/** Groups such as `(public)` are for people; the path does not hold them. */
export const withoutGroups = (path: string) => path.replaceAll(/\/\([^/]*\)(?=\/|$)/g, "");

/** A module that exports these files as `routes`: pairs of path and handlers. */
export function tableSource(files: readonly RouteFile[]): string {
  const imports = files.map(({ file }, at) => `import * as route${at} from "./${file}";`);
  const entries = files.map(({ path }, at) => `  [${JSON.stringify(path)}, route${at}],`);
  return `${imports.join("\n")}\nexport const routes = [\n${entries.join("\n")}\n];\n`;
}
