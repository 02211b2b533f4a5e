import { Command } from "commander";
import { cleanUp } from "@/lib/auth/clean-up";
import { withContext } from "./context";
import { type Format, JSON_OPTION, printRow, say } from "./output";

/** `latchkey cleanup`: what the servers do every ten minutes by themselves. */
export function cleanUpCommand(): Command {
  return new Command("cleanup")
    .description("delete the rows of sessions whose time is over, and forgotten failures")
    .option(...JSON_OPTION)
    .action((format: Format) =>
      withContext(async (context) => {
        const deleted = await cleanUp(context);
        if (deleted === null) return say("Another instance is at it; nothing is left to do here.");
        await printRow(
          { sessions_deleted: deleted.sessions, throttles_deleted: deleted.throttles },
          format,
        );
      }),
    );
}
