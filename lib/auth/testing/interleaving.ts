import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Instant } from "@/lib/clock";
import type { AuthSettings } from "../context";
import type { Store } from "../store";
import type { Command } from "./command";
import { act, type Deed, type Held, isLetIn, lineOf, type Stage } from "./deed";
import { explain, rowsOf } from "./explanation";
import { type Action, type Moment, type Pass, PROCESSES } from "./interleaving-steps";
import { SessionModel } from "./session-model";
import { SETTINGS, START } from "./world";

/** Settings under which every rule is met within a few steps. */
export const LIMITS: AuthSettings = {
  ...SETTINGS,
  graceSeconds: 10,
  recoverySeconds: 3600,
  idleSeconds: 172_800,
  absoluteSeconds: 500_000,
  accessTokenSeconds: 3600,
  maxSessionsPerUser: 3,
  // every play makes an account, and all of them come from one address
  limitsRates: false,
};

/**
 * Plays the steps of one user and expects, moment by moment, that answers and rows are what the model says of the
 * deeds in one order or another; that no session ever has two successors; and that at the end every process lets in
 * whom the model lets in, and nobody else.
 */
export async function playInterleaving(
  moments: readonly Moment[],
  stage: Stage,
  store: Pick<Store, "findSession">,
): Promise<void> {
  const username = `u${randomUUID().slice(0, 13)}`;
  const { tokens } = await stage.perform({ ask: "register", username, at: START }, 0);
  if (tokens === null) throw new Error("There is no account.");
  const kept: Held[] = [{ name: 0, tokens, at: START }];
  const ids = new Map([[0, tokens.session.id]]);
  const successors = new Map<string, string>();
  let model = new SessionModel(LIMITS);
  model.login(0, true, null, START);
  let now = START + 1;
  let names = 1;

  for (const { pass, actions } of moments) {
    now = later(now, pass, model, kept.at(-1));
    const deeds = actions.map((action): Deed => bind(action, now++, names++, kept));
    const answers = await Promise.all(deeds.map((deed) => act(deed, stage)));
    for (const [index, answer] of answers.entries()) {
      const { action, at, name, held } = deeds[index] as Deed;
      if (answer.tokens === null) continue;
      const { session, refreshToken } = answer.tokens;
      const place = `${session.id} ${session.generation}`;
      expect(successors.get(place) ?? refreshToken).toBe(refreshToken);
      successors.set(place, refreshToken);
      if (action.do === "login") ids.set(name, session.id);
      const isLost = action.do === "refresh" && action.isAnswerLost;
      const owner = action.do === "login" ? name : held.name;
      if (!isLost) kept.push({ name: owner, tokens: answer.tokens, at });
    }
    const said = answers.map((answer) => answer.said);
    // what was revoked before stays as it was; the end looks at it again
    const open = [...ids].filter(([name]) => !model.lines[name]?.revoked);
    model = explain(model, deeds, { said, rows: await rowsOf(open, store) });
  }
  await expectRightEnds(kept, model, now, stage);
}

/** An action with what it is done with: tokens count from the newest. */
function bind(action: Action, at: Instant, name: number, kept: readonly Held[]): Deed {
  const find = (pick: number) => kept[kept.length - 1 - (pick % kept.length)] as Held;
  const held = find("pick" in action ? action.pick : 0);
  const replaces = action.do === "login" ? action.replaces : null;
  return { action, at, name, held, replaced: replaces === null ? null : find(replaces) };
}

function later(now: Instant, pass: Pass, model: SessionModel, newest: Held | undefined): Instant {
  if ("seconds" in pass) return now + pass.seconds * 1000;
  const { rotatedAt, idleEndAt } = lineOf(model, newest ?? { name: 0 });
  const ends = {
    grace: rotatedAt + LIMITS.graceSeconds * 1000,
    recovery: rotatedAt + LIMITS.recoverySeconds * 1000,
    idle: idleEndAt,
  };
  return Math.max(now, ends[pass.until] + pass.milliseconds);
}

/** Every token that was ever kept, in one process or another. Of a session that is over none opens anything. */
async function expectRightEnds(
  kept: readonly Held[],
  model: SessionModel,
  at: Instant,
  { perform }: Stage,
): Promise<void> {
  const checks = kept.map(async (held, index) => {
    const ended = model.ended(lineOf(model, held), at);
    const { accessToken, refreshToken } = held.tokens;
    const ask = (command: Command) => perform(command, index % PROCESSES);
    const { said } = await ask({ ask: "me", at, accessToken });
    expect(said).toBe(isLetIn(model, held, at) ? "done" : "invalid_token");
    if (ended === null) return;
    const refused = await ask({ ask: "refresh", at, refreshToken, attempt: null });
    expect(refused.said).toBe(ended);
  });
  await Promise.all(checks);
}
