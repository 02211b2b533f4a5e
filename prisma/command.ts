import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Whether the module with this `import.meta.url` is what `node` was asked to run, and not imported by something. */
export function isCommand(moduleUrl: string): boolean {
  const asked = process.argv[1];
  if (asked === undefined || !existsSync(asked)) return false;
  // the module's own path is a real one already, and no file where it is part of a bundle
  return realpathSync(asked) === fileURLToPath(moduleUrl);
}
