import { existsSync } from "node:fs";
import { generate } from "@/prisma/generate";
import { BuildError, ensureBuilt } from "./build";
import { assembleStandalone } from "./standalone";
import { stopSignal } from "./stop-signal";

/** `npm run build:standalone`: a folder that runs elsewhere, for images and servers. Needs no settings, no database. */
if (existsSync(".env")) process.loadEnvFile(".env");
await generate();
try {
  const say = () => process.stdout.write("Building ...\n");
  await ensureBuilt(process.cwd(), stopSignal(), say, "standalone");
  process.stdout.write(`Built ${await assembleStandalone(process.cwd())}: node server.js\n`);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  process.stderr.write(`${error.output}\n${error.message}.\n`);
  process.exitCode = 1;
}
