import { ensureBuilt } from "@/lib/launch/build";
import { generate } from "@/prisma/generate";

/** Before the first test, so that no test waits for the build; of the kind that serves both here and elsewhere. */
export default async function buildOnce(): Promise<void> {
  await generate();
  await ensureBuilt(process.cwd(), new AbortController().signal, () => {}, "standalone");
}
