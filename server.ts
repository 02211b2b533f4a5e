import { announceStart, announceStop } from "@/lib/launch/announce-start";
import { enterMode } from "@/lib/launch/environment";
import { openServer } from "@/lib/launch/open-server";
import { checkSettings, migrateDatabase } from "@/lib/launch/prepare";
import { prepareCode } from "@/lib/launch/prepare-code";
import { runProcess } from "@/lib/launch/run-process";
import { aborted, stopSignal } from "@/lib/launch/stop-signal";

/**
 * What `npm start` runs when it is built, and `npm run dev`, with `--dev`, as it is: makes ready what is not ready, then
 * serves until it is told to stop. One process, so that signals arrive; `cluster.ts` is for several.
 */
const dev = process.argv.includes("--dev");

await runProcess(async () => {
  const stop = stopSignal();
  enterMode(dev);
  checkSettings();
  await prepareCode();
  await migrateDatabase();

  const server = await openServer({ dev, stop, checksDatabase: false });
  announceStart();
  await aborted(stop);
  announceStop(stop);
  await server.close();
});
