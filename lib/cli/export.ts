import { open, rename, rm, stat } from "node:fs/promises";
import { Command } from "commander";
import { everyUser } from "@/lib/auth/directory";
import { lineOf } from "@/lib/transfer/user-lines";
import { withContext } from "./context";
import { CommandFailure } from "./failure";
import { say, writeOut } from "./output";

/** Users that are read at a time. */
const PAGE = 500;
/** The owner alone: there are password hashes in it. */
const FILE_MODE = 0o600;

interface Options {
  readonly output?: string;
  readonly force?: boolean;
  readonly withoutPasswords?: boolean;
}

/** `latchkey export`: all users as JSON lines, which `latchkey import users --from json` reads. */
export function exportCommand(): Command {
  return new Command("export")
    .description("write all users as JSON lines, with the hashes of their passwords")
    .option("-o, --output <file>", "into a new file that only its owner may read, not to stdout")
    .option("--force", "replace the file if it is there")
    .option("--without-passwords", "leave the hashes out")
    .action(exportUsers);
}

/** Who changes meanwhile may be told before or after it; nobody is left out. */
async function exportUsers(options: Options): Promise<void> {
  const { output, force = false, withoutPasswords = false } = options;
  await withContext(async ({ store }) => {
    let count = 0;
    const write = async (put: (text: string) => Promise<unknown>) => {
      for await (const users of everyUser(store.directory, PAGE)) {
        await put(users.map((user) => lineOf(user, !withoutPasswords)).join(""));
        count += users.length;
      }
    };
    await (output === undefined ? write(writeOut) : intoFile(output, force, write));
    say(
      `${count} users${withoutPasswords ? "" : ". These are password hashes: keep them secret"}.`,
    );
  });
}

/** The whole or nothing: it gets its name when all is written. @throws CommandFailure where it cannot be */
async function intoFile(
  path: string,
  force: boolean,
  write: (put: (text: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  if (!force && (await stat(path).catch(() => null)) !== null) {
    throw new CommandFailure(`${path} is there already; --force replaces it.`);
  }
  const unfinished = `${path}.part`;
  try {
    await rm(unfinished, { force: true });
    const file = await open(unfinished, "wx", FILE_MODE);
    try {
      await write((text) => file.appendFile(text));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw syscall === undefined
      ? error
      : new CommandFailure(`${path} cannot be written (${code}).`);
  }
}
