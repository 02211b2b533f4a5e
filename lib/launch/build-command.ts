import { existsSync } from "node:fs";
import { settings } from "@/lib/config";
import { generate } from "@/prisma/generate";
import { ensureBuilt } from "./build";
import { runProcess } from "./run-process";
import { stopSignal } from "./stop-signal";

/**
 * `npm run build`: what `npm start` does first, for images and pipelines. Needs no settings, no database. With `--for-start`
 * it reads the settings before, so that wrong ones are told at once.
 */
await runProcess(async () => {
  endWithStarter();
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (process.argv.includes("--for-start")) settings();
  await generate();
  // once is enough: a terminal says it to this process, and `npm start` says it again
  const stop = stopSignal(() => {});
  await ensureBuilt(process.cwd(), stop, () => process.stdout.write("Building ...\n"));
  process.stdout.write("Built.\n");
});

/** `npm start` may be killed, and then nobody waits for this. */
function endWithStarter(): void {
  process.once("disconnect", () => process.exit(1));
  process.channel?.unref();
}
