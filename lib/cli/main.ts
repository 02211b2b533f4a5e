import { say } from "./output";
import { run } from "./program";

/** Who reads our output may have read enough (`| head`): that is no failure, unless the command says so. */
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  if (code !== "EPIPE") say(`The answer cannot be written (${code}).`);
  process.exit(code === "EPIPE" ? process.exitCode : 1);
});

/** Some flows wait by timers that keep no process; this one stays until it is done. */
setInterval(() => {}, 60_000);

await run(process.argv.slice(2));
// Not left to end by itself: a timer of the schema engine would keep it for ten seconds.
process.stdout.write("", () => process.exit());
