import { existsSync } from "node:fs";
import { generate } from "@/prisma/generate";
import { BuildError, ensureBuilt } from "./build";
import { stopSignal } from "./stop-signal";

/** `npm run build`: what `npm start` would do of itself, for images and pipelines. Needs no settings, no database. */
if (existsSync(".env")) process.loadEnvFile(".env");
await generate();
try {
  await ensureBuilt(process.cwd(), stopSignal(), () => process.stdout.write("Building ...\n"));
  process.stdout.write("Built.\n");
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  process.stderr.write(`${error.output}\n${error.message}.\n`);
  process.exitCode = 1;
}
