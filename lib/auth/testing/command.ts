import type { Instant } from "@/lib/clock";
import { authorize } from "../authorize";
import type { AuthContext } from "../context";
import { isAuthError } from "../errors";
import { login } from "../login";
import { logout } from "../logout";
import { peek } from "../peek";
import { refresh } from "../refresh";
import { register } from "../register";
import type { Tokens } from "../session";
import { endOtherSessions } from "../sessions";
import { BROWSER, JOHN } from "./world";

/** One thing that a client asks for, as plain data: it may travel to another process. */
export type Command = { readonly at: Instant } & (
  | { readonly ask: "register"; readonly username: string }
  | {
      readonly ask: "login";
      readonly username: string;
      readonly remember: boolean;
      readonly replaces: string | null;
    }
  | { readonly ask: "refresh"; readonly refreshToken: string; readonly attempt: string | null }
  | { readonly ask: "logout"; readonly refreshToken: string; readonly everywhere: boolean }
  | { readonly ask: "end others" | "me"; readonly accessToken: string }
  | { readonly ask: "look"; readonly refreshToken: string }
);

/** What a client got. */
export interface Answer {
  /** The generation that was handed out, `done`, what a page sees, or why it was refused. */
  readonly said: number | string;
  readonly tokens: Pick<Tokens, "user" | "session" | "accessToken" | "refreshToken"> | null;
}

/** Plays a command by the flows, at its own instant. */
export async function perform(command: Command, context: AuthContext): Promise<Answer> {
  try {
    return await play(command, { ...context, clock: { now: () => command.at } });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return { said: error.facts.ended ?? error.code, tokens: null };
  }
}

async function play(command: Command, context: AuthContext): Promise<Answer> {
  switch (command.ask) {
    case "register": {
      const { username } = command;
      const account = { ...JOHN, username, email: `${username}@example.com` };
      return handedOut(await register(account, BROWSER, null, context));
    }
    case "login": {
      const { username, remember, replaces } = command;
      const credentials = { username, remember, password: JOHN.password };
      return handedOut(await login(credentials, BROWSER, replaces, context));
    }
    case "refresh": {
      const { refreshToken: token, attempt } = command;
      return handedOut(await refresh({ token, attempt, channel: "cookie", ip: null }, context));
    }
    case "logout":
      await logout({ ...command, accessToken: null }, context);
      return DONE;
    case "end others":
      await endOtherSessions(await authorize(command.accessToken, context), context);
      return DONE;
    case "me":
      await authorize(command.accessToken, context);
      return DONE;
    case "look":
      return { said: (await peek(command.refreshToken, BROWSER, context)).kind, tokens: null };
  }
}

const DONE: Answer = { said: "done", tokens: null };

function handedOut(tokens: Tokens): Answer {
  const { user, session, accessToken, refreshToken } = tokens;
  return { said: session.generation, tokens: { user, session, accessToken, refreshToken } };
}
