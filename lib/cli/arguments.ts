import { CommandFailure, EXIT } from "./failure";

/** `--password=…`, `--pass …`, `-p …` and their like, none of which exists. */
const PASSWORD_OPTION = /^--?(?:new-?)?(?:p|pw|pass|passwd|passphrase|passwords?)(?:=|$)/i;

/** How a password is given to a command that wants one. */
export const PASSWORD_RULE =
  "A password is never an argument, where others could read it: it is asked for at a terminal, " +
  "taken from the first line of stdin, or made by --generate.";

/**
 * No command takes a password as an argument: other users of the machine see arguments, and shells keep them.
 *
 * @throws CommandFailure that says how it is given instead
 */
export function refusePasswords(args: readonly string[]): void {
  if (!args.some((argument) => PASSWORD_OPTION.test(argument))) return;
  throw new CommandFailure(PASSWORD_RULE, EXIT.usage);
}

/** 22 characters of base64url, the first of them a dash. */
const DASHED_ID = /^-(?!-[a-z-]+$)[\w-]{21}$/;

/** The options of commands about one account or session that take no value. */
const FLAGS: readonly (string | undefined)[] = ["--json", "--yes", "--generate"];

/** The arguments with ids that look like options behind `--`, where they are none. */
export function withIdsLast(args: readonly string[]): readonly string[] {
  // any other option takes its value however that begins
  const isValue = (at: number) => args[at - 1]?.startsWith("--") && !FLAGS.includes(args[at - 1]);
  const isId = (argument: string, at: number) => DASHED_ID.test(argument) && !isValue(at);
  const ids = args.filter(isId);
  const others = args.filter((argument, at) => !isId(argument, at));
  return ids.length === 0 ? args : [...others, "--", ...ids];
}

/** What commander says of an option that does not exist, without the value it came with. */
export function withoutValues(words: string): string {
  return words.replace(/(unknown option '[^'=]*=)[^\n]*'/g, "$1…'");
}
