import { Command, Option } from "commander";
import {
  createUser,
  deleteUser,
  disableUser,
  enableUser,
  setPassword,
} from "@/lib/auth/administration";
import { everyUser } from "@/lib/auth/directory";
import type { Role } from "@/lib/auth/policy";
import { USER_ARGUMENT, userRow, withAccount } from "./account";
import { PASSWORD_RULE } from "./arguments";
import { withContext } from "./context";
import { CommandFailure, EXIT } from "./failure";
import { type Format, JSON_OPTION, printRow, printRows, type Row } from "./output";
import { GENERATE_OPTION, givenPassword } from "./password-source";

/** Users held at a time while all are listed. */
const PAGE_USERS = 500;

/** `latchkey users …` */
export function usersCommand(): Command {
  const users = new Command("users").description("see and change accounts");
  for (const each of [create, list, show, disable, enable, passwordOf, remove]) {
    users.addCommand(each().option(...JSON_OPTION));
  }
  return users;
}

interface Creation extends Format {
  readonly username: string;
  readonly email: string;
  readonly name?: string;
  readonly role: Role;
  readonly generate?: boolean;
}

const create = () =>
  new Command("create")
    .description("make an account, also while registration is closed")
    .requiredOption("--username <name>", "what its owner signs in with")
    .requiredOption("--email <address>", "the other thing to sign in with")
    .option("--name <text>", "what is shown")
    .addOption(new Option("--role <role>").choices(["user", "admin"]).default("user"))
    .option(...GENERATE_OPTION)
    .showHelpAfterError(PASSWORD_RULE)
    .action((options: Creation) =>
      withContext(async (context) => {
        const { username, email, name = null, role } = options;
        const { password, isGenerated } = await givenPassword(options.generate);
        const user = await createUser({ username, email, name, role, password }, context);
        await printRow({ ...userRow(user), ...(isGenerated && { password }) }, options);
      }),
    );

const list = () =>
  new Command("list")
    .description("all accounts, ordered by id")
    .action((format: Format) =>
      withContext(({ store }) => printRows(rowsOf(everyUser(store.directory, PAGE_USERS)), format)),
    );

async function* rowsOf(pages: ReturnType<typeof everyUser>): AsyncGenerator<readonly Row[]> {
  for await (const users of pages) yield users.map(userRow);
}

const show = () =>
  new Command("show")
    .description("one account, and how many sessions it has")
    .argument(...USER_ARGUMENT)
    .action((typed: string, format: Format) =>
      withAccount(typed, async (user, { store, clock }) => {
        const sessions = await store.listSessions(user.id, clock.now());
        await printRow({ ...userRow(user), live_sessions: sessions.length }, format);
      }),
    );

const disable = () =>
  new Command("disable")
    .description("end all sessions of a user and let him sign in no more")
    .argument(...USER_ARGUMENT)
    .action((typed: string, format: Format) =>
      withAccount(typed, async (user, context) => {
        const sessionsEnded = await disableUser(user, context);
        await printRow(
          { ...userRow({ ...user, disabled: true }), sessions_ended: sessionsEnded },
          format,
        );
      }),
    );

const enable = () =>
  new Command("enable")
    .description("let a user sign in again; his old sessions stay over")
    .argument(...USER_ARGUMENT)
    .action((typed: string, format: Format) =>
      withAccount(typed, async (user, context) => {
        await enableUser(user, context);
        await printRow(userRow({ ...user, disabled: false }), format);
      }),
    );

const passwordOf = () =>
  new Command("set-password")
    .description("give a user another password and end all of his sessions")
    .argument(...USER_ARGUMENT)
    .option(...GENERATE_OPTION)
    .showHelpAfterError(PASSWORD_RULE)
    .action((typed: string, options: Format & { readonly generate?: boolean }) =>
      withAccount(typed, async (user, context) => {
        const { password, isGenerated } = await givenPassword(options.generate);
        const sessionsEnded = await setPassword(user, password, context);
        const row = { ...userRow(user), sessions_ended: sessionsEnded };
        await printRow({ ...row, ...(isGenerated && { password }) }, options);
      }),
    );

const remove = () =>
  new Command("delete")
    .description("delete a user with all of his sessions, for good")
    .argument(...USER_ARGUMENT)
    .option("--yes", "really")
    .action((typed: string, options: Format & { readonly yes?: boolean }) => {
      if (!options.yes) {
        throw new CommandFailure("This cannot be undone: add --yes if you mean it.", EXIT.usage);
      }
      return withAccount(typed, async (user, context) => {
        await deleteUser(user, context);
        await printRow(userRow(user), options);
      });
    });
