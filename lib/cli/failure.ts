import { CommanderError } from "commander";
import { isAuthError } from "@/lib/auth/errors";
import { SettingsError } from "@/lib/config";
import { ofUnusableFile } from "@/lib/unusable-file";

/** What a shell is told: done, did not succeed or not found, called in a wrong way. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** A command that cannot be done, in one sentence for who called it. Holds no secret. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  constructor(
    sentence: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(sentence);
  }
}

/** What SQLite, Prisma and PostgreSQL (of a statement of our own) say of a database that was not migrated. */
const LACKING =
  /no such (table|column)|does not exist in the current database|(relation|column) \S+ does not exist/;

/** What to say on stderr of whatever a command threw, and its exit code. A stack only of what nobody expected. */
export function explain(thrown: unknown): { readonly words: string; readonly exitCode: number } {
  if (thrown instanceof CommandFailure) return { words: thrown.message, exitCode: thrown.exitCode };
  // commander has told it already
  if (thrown instanceof CommanderError) {
    return { words: "", exitCode: thrown.exitCode === 0 ? EXIT.done : EXIT.usage };
  }
  return { words: wordsOf(thrown), exitCode: EXIT.failed };
}

function wordsOf(thrown: unknown): string {
  if (thrown instanceof SettingsError) return thrown.message;
  if (isAuthError(thrown)) {
    if (thrown.code === "unavailable") {
      return "The database does not answer, or there is too much to do: see `latchkey doctor`.";
    }
    const { issues } = thrown.facts;
    if (issues === undefined) return `${thrown.detail}.`;
    return issues.map(({ loc, msg }) => `${loc.at(-1)}: ${msg}.`).join("\n");
  }
  const { name, message, stack } = thrown as NodeJS.ErrnoException;
  if (LACKING.test(message)) {
    return "The database lacks tables or columns: run `latchkey migrate`.";
  }
  if (name === "DriverAdapterError")
    return `The database of DATABASE_URL is not usable: ${message}`;
  return ofUnusableFile(thrown) ?? stack ?? String(thrown);
}
