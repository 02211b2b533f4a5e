import cluster from "node:cluster";
import { enterMode, overrule } from "@/lib/launch/environment";
import { runInstance } from "@/lib/launch/instance";
import { checkSettings, migrateDatabase } from "@/lib/launch/prepare";
import { runPrimary } from "@/lib/launch/primary";
import { runProcess } from "@/lib/launch/run-process";

/**
 * What `npm run cluster` runs: several instances of what `npm start` is, behind one port. The primary makes ready what
 * is not ready, once, and then runs this again for each instance. `npm run cluster -- 4` overrules `INSTANCES`.
 */
enterMode(false);
const instances = process.argv.slice(2).find((argument) => !argument.startsWith("--"));
if (instances !== undefined) overrule("INSTANCES", instances);

await runProcess(async () => {
  if (cluster.isWorker) return runInstance();
  return runPrimary(async () => {
    checkSettings();
    await migrateDatabase();
  });
});
