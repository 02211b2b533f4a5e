import { existsSync } from "node:fs";
import { generate } from "@/prisma/generate";
import { ensureBuilt } from "./build";
import { runProcess } from "./run-process";
import { assembleStandalone } from "./standalone";
import { stopSignal } from "./stop-signal";

/** `npm run build:standalone`: a folder that runs elsewhere, for images and servers. Needs no settings, no database. */
await runProcess(async () => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  await generate();
  const say = () => process.stdout.write("Building ...\n");
  await ensureBuilt(process.cwd(), stopSignal(), say, "standalone");
  process.stdout.write(`Built ${await assembleStandalone(process.cwd())}: node server.js\n`);
});
