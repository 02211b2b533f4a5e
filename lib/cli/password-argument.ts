import { CommandFailure, EXIT } from "./failure";

/** `--password=…`, `--pass …`, `-p …` and their like, none of which exists. */
const PASSWORD_OPTION = /^--?(?:new-?)?(?:p|pw|pass|passwd|passphrase|passwords?)(?:=|$)/i;

/**
 * No command takes a password as an argument: other users of the machine see arguments, and shells keep them.
 *
 * @throws CommandFailure that says how it is given instead
 */
export function refusePasswords(args: readonly string[]): void {
  if (!args.some((argument) => PASSWORD_OPTION.test(argument))) return;
  throw new CommandFailure(
    "A password is never an argument, where others could read it: it is asked for at a terminal, " +
      "taken from the first line of stdin, or made by --generate.",
    EXIT.usage,
  );
}

/** What commander says of an option that does not exist, without the value it came with. */
export function withoutValues(words: string): string {
  return words.replace(/(unknown option '[^'=]*=)[^\n]*'/g, "$1…'");
}
