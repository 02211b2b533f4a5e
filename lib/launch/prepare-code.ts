import { generate } from "@/prisma/generate";
import { notice } from "./announce";
import { ensureBuilt } from "./build";

/**
 * Makes the code ready: database clients and, with `builds`, the application. Nothing where that is done already.
 * Aborting `stop` ends a build. In the standalone folder `standalone-code.ts` stands in the place of this file.
 *
 * @throws BuildError, or an AbortError
 */
export async function prepareCode(builds: boolean, stop: AbortSignal): Promise<void> {
  if (await generate()) notice("Generated the database clients.");
  if (builds) await ensureBuilt(process.cwd(), stop, () => notice("Building, this once ..."));
}
