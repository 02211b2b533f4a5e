import { createReadStream } from "node:fs";
import { Command, Option } from "commander";
import { UserImport } from "@/lib/auth/import-users";
import { fromBetterAuth } from "@/lib/transfer/better-auth";
import { fromFastApi } from "@/lib/transfer/fastapi";
import type { PlacedReading, Source } from "@/lib/transfer/source";
import { textOf, UnreadableFile } from "@/lib/transfer/text";
import { fromUserLines } from "@/lib/transfer/user-lines";
import { withContext } from "./context";
import { CommandFailure, EXIT } from "./failure";
import { jsonLineOf, tellCounts, textLineOf } from "./import-report";
import { say, writeOut } from "./output";

const SOURCES: Readonly<Record<string, Source>> = {
  fastapi: fromFastApi,
  "better-auth": fromBetterAuth,
  json: fromUserLines,
};

/** Users that are created in one step: one by one most of the time would be waiting for the disk. */
const BATCH = 200;

interface Options {
  readonly from: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly withoutPassword?: boolean;
  readonly allowReserved?: boolean;
}

/** `latchkey import users`: users of another system with the hashes of their passwords. */
export function importCommand(): Command {
  const users = new Command("users")
    .description("create the users of another system; they sign in with their old passwords")
    .argument("[file]", "the export; - is stdin", "-")
    .addOption(
      new Option("--from <system>", "who wrote it")
        .choices(Object.keys(SOURCES))
        .makeOptionMandatory(),
    )
    .option("--dry-run", "write nothing, only say what would become of whom")
    .option("--without-password", "also users whose hash cannot be verified here, or who have none")
    .option("--allow-reserved", "also user names such as admin, which nobody may register")
    .option("--json", "a line of JSON for every user")
    .action(importUsers);
  return new Command("import").description("bring users along").addCommand(users);
}

/** Says each refusal and each name that was made up; with `json` what became of everybody. */
async function importUsers(file: string, options: Options): Promise<void> {
  const { dryRun = false, withoutPassword = false, allowReserved = false, json = false } = options;
  const source = SOURCES[options.from];
  if (source === undefined) throw new CommandFailure("There is no such system.", EXIT.usage);
  if (file === "-" && process.stdin.isTTY) {
    throw new CommandFailure("Name a file, or give one on stdin.", EXIT.usage);
  }
  const counts = { created: 0, present: 0, refused: 0 };
  // until all is done: who reads what is said may go away
  process.exitCode = EXIT.failed;
  await withContext(async (context) => {
    // among our own users an operator may have called one so
    const reservedNames = allowReserved || source === fromUserLines;
    const users = new UserImport({ dryRun, withoutPassword, reservedNames }, context);
    const bytes = file === "-" ? process.stdin : createReadStream(file);
    try {
      for await (const batch of batchesOf(source(textOf(bytes)))) {
        const outcomes = await users.take(
          batch.map((reading) => ("candidate" in reading ? reading.candidate : reading)),
        );
        const lines = batch.map((reading, at) => {
          const outcome = outcomes[at];
          if (outcome === undefined) return "";
          counts[outcome.outcome] += 1;
          return json ? jsonLineOf(reading, outcome) : textLineOf(reading, outcome);
        });
        await writeOut(lines.join(""));
      }
    } catch (error) {
      // what is done is done, and a next run goes on from there
      if (counts.created > 0) say(tellCounts(counts, dryRun));
      throw explained(error, file);
    }
  });
  say(tellCounts(counts, dryRun));
  if (counts.refused === 0) process.exitCode = EXIT.done;
}

async function* batchesOf(readings: AsyncIterable<PlacedReading>) {
  let batch: PlacedReading[] = [];
  for await (const reading of readings) {
    batch.push(reading);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function explained(error: unknown, file: string): unknown {
  if (error instanceof UnreadableFile) return new CommandFailure(error.message);
  const { code, syscall } = error as NodeJS.ErrnoException;
  const isOfFile = syscall === "open" || syscall === "read";
  return isOfFile ? new CommandFailure(`${file} cannot be read (${code}).`) : error;
}
