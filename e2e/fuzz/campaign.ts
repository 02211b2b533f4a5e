import fc from "fast-check";
import type { Latchkey } from "../support/latchkey";
import { PASSWORD } from "../support/people";
import { problemOf } from "./oracle";
import { isSound, type Shot, shot } from "./requests";
import { openPool, type Pool } from "./tokens";
import { type Answer, bytesOf, exchange } from "./wire";

/** Between two of them somebody signs in, so that there is always a live token. */
const VOLLEY = 250;
/** Far less than the hashing queue takes. */
const AT_ONCE = 12;

export interface Campaign {
  readonly app: Latchkey;
  readonly requests: number;
  readonly seed: number;
  readonly secrets: readonly string[];
}

/**
 * Sends random requests and looks at every answer; how many were answered with which status (0: none, after a
 * request that was no HTTP).
 *
 * @throws Error with the first request whose answer is not as it should be
 */
export async function fuzz(campaign: Campaign): Promise<ReadonlyMap<number, number>> {
  const pool = openPool();
  const counts = new Map<number, number>();
  for (let sent = 0; sent < campaign.requests; sent += VOLLEY) {
    await signIn(campaign.app, pool, sent);
    const seed = campaign.seed + sent;
    const shots = fc.sample(shot, { seed, numRuns: Math.min(VOLLEY, campaign.requests - sent) });
    const next = shots.values();
    const lane = async () => {
      for (const each of next) {
        const answer = await fire(each, pool, campaign);
        const status = answer?.status ?? 0;
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }
  return counts;
}

async function fire(each: Shot, pool: Pool, { app, secrets }: Campaign): Promise<Answer | null> {
  const bytes = bytesOf(each, pool.fill);
  const answer = await exchange(Number(new URL(app.origin).port), bytes, isSound(each));
  if (answer !== null) pool.take(answer.headers, answer.body);
  const problem = problemOf(each, answer, secrets);
  if (problem === null) return answer;
  const shown = [bytes.slice(0, 3000), JSON.stringify(answer).slice(0, 3000)];
  throw new Error([problem, ...shown].join("\n\n--- "));
}

/** A newcomer in a browser and by an API client; where limits are on, each from an address of its own. */
async function signIn({ origin }: Latchkey, pool: Pool, number: number): Promise<void> {
  const username = `person-${number}`;
  const account = {
    username,
    email: `${username}@example.com`,
    password: PASSWORD,
    remember: true,
  };
  const headers = { "X-Forwarded-For": `203.0.${Math.floor(number / 250) % 250}.7` };
  const answers = [
    await fetch(`${origin}/api/auth/register`, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(account),
    }),
    await fetch(`${origin}/api/auth/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ username, password: PASSWORD, scope: "offline_access" }),
    }),
  ];
  for (const answer of answers) {
    if (!answer.ok) throw new Error(`A newcomer was answered ${answer.status}.`);
    const cookies = answer.headers.getSetCookie().map((value) => `set-cookie: ${value}`);
    pool.take(cookies, await answer.text());
  }
}
