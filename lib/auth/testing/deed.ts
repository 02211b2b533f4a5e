import type { Instant } from "@/lib/clock";
import type { UserId } from "../store";
import type { Answer, Command } from "./command";
import type { Action } from "./interleaving-steps";
import type { Line, SessionModel } from "./session-model";

/** Where interleavings are played. */
export interface Stage {
  /** Plays a command in one of `PROCESSES` processes that share a database. Rejects only for a bug. */
  perform(command: Command, process: number): Promise<Answer>;
  setDisabled(id: UserId, disabled: boolean): Promise<void>;
}

/** Tokens as a browser or a thief keeps them, with the name of their session. */
export interface Held {
  readonly name: number;
  readonly tokens: NonNullable<Answer["tokens"]>;
  /** When they were handed out. */
  readonly at: Instant;
}

/** An action, when it is done and with what. */
export interface Deed {
  readonly action: Action;
  readonly at: Instant;
  /** What a login names its session. */
  readonly name: number;
  readonly held: Held;
  /** Whose cookie comes along with a login. */
  readonly replaced: Held | null;
}

/** Does it, in the process that it says. */
export async function act(deed: Deed, { perform, setDisabled }: Stage): Promise<Answer> {
  const { action, held } = deed;
  if (action.do !== "disable") return perform(commandOf(deed), action.process);
  await setDisabled(held.tokens.user.id, action.disabled);
  return { said: "done", tokens: null };
}

function commandOf({ action, at, held, replaced }: Deed): Command {
  const { refreshToken, accessToken, user } = held.tokens;
  switch (action.do) {
    case "refresh":
      return { ask: "refresh", at, refreshToken, attempt: action.attempt };
    case "login": {
      const replaces = replaced?.tokens.refreshToken ?? null;
      return { ask: "login", at, username: user.username, remember: action.remember, replaces };
    }
    case "logout":
      return { ask: "logout", at, refreshToken, everywhere: false };
    case "logout everywhere":
      return { ask: "logout", at, refreshToken, everywhere: true };
    case "look":
      return { ask: "look", at, refreshToken };
    default:
      return { ask: action.do === "me" ? "me" : "end others", at, accessToken };
  }
}

/** The session that tokens belong to, as the model knows it. */
export const lineOf = ({ lines }: SessionModel, { name }: Pick<Held, "name">) =>
  lines[name] as Line;

/** Whether the access token opens anything. */
export function isLetIn(model: SessionModel, held: Held, now: Instant): boolean {
  const accessEndAt = Math.floor(held.at / 1000 + model.limits.accessTokenSeconds) * 1000;
  return now < accessEndAt && model.ended(lineOf(model, held), now) === null;
}

/** What the model says to it; the model has then done it too. */
export function predict(model: SessionModel, deed: Deed): Answer["said"] | null {
  const { action, at, name, held, replaced } = deed;
  const line = lineOf(model, held);
  const ended = model.ended(line, at);
  const { generation } = held.tokens.session;
  switch (action.do) {
    case "refresh":
      return model.refresh(line, generation, action.attempt, at);
    case "login":
      return model.login(name, action.remember, replaced && lineOf(model, replaced), at);
    case "logout":
      return model.end([line], "logout", at);
    case "logout everywhere":
      return model.end(line.revoked || at >= line.idleEndAt ? [] : model.lines, "logout", at);
    case "end others":
      if (!isLetIn(model, held, at)) return "invalid_token";
      return model.end(
        model.lines.filter((other) => other !== line),
        "ended",
        at,
      );
    case "me":
      return isLetIn(model, held, at) ? "done" : "invalid_token";
    case "look": {
      const asked = model.refresh({ ...line }, generation, null, at);
      if (typeof asked === "number") return "session";
      const isLast = generation === line.generation - 1;
      return ended === null && isLast && line.attempt !== null ? "resume" : "none";
    }
    case "disable":
      model.isDisabled = action.disabled;
      return "done";
  }
}
