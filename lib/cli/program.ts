import { Command } from "commander";
import { version } from "../../package.json";
import { refusePasswords, withIdsLast, withoutValues } from "./arguments";
import { cleanUpCommand } from "./clean-up";
import { doctorCommand } from "./doctor";
import { exportCommand } from "./export";
import { EXIT, explain } from "./failure";
import { importCommand } from "./import";
import { migrateCommand } from "./migrate";
import { say } from "./output";
import { secretCommand } from "./secret";
import { sessionsCommand } from "./sessions";
import { usersCommand } from "./users";

/** All commands, in the order of the help. One file a group; each makes its own. */
const COMMANDS: readonly (() => Command)[] = [
  doctorCommand,
  usersCommand,
  sessionsCommand,
  secretCommand,
  migrateCommand,
  cleanUpCommand,
  importCommand,
  exportCommand,
];

/**
 * Does what the arguments after `latchkey` say; the exit code. Data is written to stdout, words to stderr. Never throws.
 * A command that was done and found something wrong sets `process.exitCode`.
 */
export async function run(args: readonly string[]): Promise<number> {
  process.exitCode = EXIT.done;
  try {
    refusePasswords(args);
    await program().parseAsync(withIdsLast(args), { from: "user" });
  } catch (thrown) {
    const { words, exitCode } = explain(thrown);
    if (words !== "") say(words);
    process.exitCode = exitCode;
  }
  return Number(process.exitCode);
}

function program(): Command {
  const latchkey = new Command("latchkey")
    .description("Operates a Latchkey beside its server: same folder, same settings.")
    .version(version);
  for (const command of COMMANDS) latchkey.addCommand(command());
  for (const each of family(latchkey)) {
    each.exitOverride();
    each.configureOutput({ writeErr: (text) => void process.stderr.write(withoutValues(text)) });
  }
  return latchkey;
}

function family(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(family)];
}
