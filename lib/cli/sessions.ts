import { Command } from "commander";
import { endEverySession, endSessionsOf } from "@/lib/auth/administration";
import { endSession } from "@/lib/auth/session";
import type { Session, SessionId } from "@/lib/auth/store";
import { wireSession } from "@/lib/http/wire";
import { USER_ARGUMENT, withAccount } from "./account";
import { withContext } from "./context";
import { CommandFailure, EXIT } from "./failure";
import { type Format, JSON_OPTION, printRow, printRows, type Row } from "./output";

/** `latchkey sessions …` */
export function sessionsCommand(): Command {
  const sessions = new Command("sessions").description("see and end sessions");
  for (const each of [list, revoke]) sessions.addCommand(each().option(...JSON_OPTION));
  return sessions;
}

const list = () =>
  new Command("list")
    .description("the live sessions of a user, newest use first")
    .argument(...USER_ARGUMENT)
    .action((typed: string, format: Format) =>
      withAccount(typed, async (user, { store, clock }) => {
        const sessions = await store.listSessions(user.id, clock.now());
        await printRows([sessions.map(sessionRow)], format);
      }),
    );

function sessionRow(session: Session): Row {
  const { id, device, ip, created_at, last_used_at, expires_at } = wireSession(session, "");
  return { id, device, ip, transport: session.transport, created_at, last_used_at, expires_at };
}

interface Which extends Format {
  readonly user?: string;
  readonly all?: boolean;
}

const revoke = () =>
  new Command("revoke")
    .description("end one session, all of a user, or all there are")
    .argument("[id]", "of one session")
    .option("--user <user>", "all sessions of this user: name, address or id")
    .option("--all", "all sessions of all users: everybody signs in again")
    .action(async (id: string | undefined, options: Which) => {
      const { user, all } = options;
      if ([id, user, all].filter((given) => given !== undefined).length !== 1) {
        throw new CommandFailure("Say which: one session id, --user or --all.", EXIT.usage);
      }
      const ended =
        user === undefined
          ? await withContext((context) =>
              id === undefined ? endEverySession(context) : endOne(id, context),
            )
          : await withAccount(user, endSessionsOf);
      await printRow({ sessions_ended: ended }, options);
    });

async function endOne(id: string, context: Parameters<typeof endSession>[2]): Promise<number> {
  // what no session is called is not asked for: PostgreSQL refuses some texts altogether
  const isId = /^[\w-]+$/.test(id);
  if (isId && (await endSession({ id: id as SessionId }, "ended", context))) return 1;
  throw new CommandFailure("There is no live session with this id.");
}
