import { Command } from "commander";
import { databaseUrl } from "@/lib/config";
import { migrate } from "@/prisma/migrate";
import { migrationState } from "@/prisma/migration-state";
import { CommandFailure } from "./failure";
import { say, writeOut } from "./output";

/** `latchkey migrate`: applies what the database lacks, as a start of the server does; the names on stdout. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("apply the migrations that the database lacks, all or none")
    .option("--check", "only name them; exit code 1 if there are any")
    .action(async ({ check }: { readonly check?: boolean }) => {
      const names = await (check ? pending() : migrate(databaseUrl()));
      await writeOut(names.map((name) => `${name}\n`).join(""));
      if (names.length === 0) say("The database lacks no migration.");
      else if (check) throw new CommandFailure("The database lacks these migrations.");
    });
}

async function pending(): Promise<readonly string[]> {
  return (await migrationState(databaseUrl())).pending;
}
