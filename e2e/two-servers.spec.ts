import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "./support/fixtures";
import { startInstances } from "./support/instances";
import type { Latchkey } from "./support/latchkey";
import { PASSWORD, registerByApi } from "./support/people";
import type { Variables } from "./support/server-process";

/** Two servers over one database, as behind a load balancer: the same origin, secret and sessions. No browser. */

// starts of servers are what takes its time on a busy machine
test.describe.configure({ timeout: 300_000 });

type Start = (variables?: Variables) => Promise<Latchkey>;
type Pair = readonly [Latchkey, Latchkey];
interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const newSecret = () => randomBytes(32).toString("base64url");

async function startTwo(start: Start, variables: Variables = {}): Promise<Pair> {
  const shared = { AUTH_SECRET: newSecret(), RATE_LIMITS: "off", ...variables };
  return (await startInstances(start, 2, shared)) as [Latchkey, Latchkey];
}

const post = (app: Latchkey, path: string, body: object) =>
  fetch(`${app.origin}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const me = (app: Latchkey, { access_token }: Tokens) =>
  fetch(`${app.origin}/api/users/me`, { headers: { authorization: `Bearer ${access_token}` } });

async function newcomer(app: Latchkey): Promise<Tokens> {
  const { username } = await registerByApi(app.origin);
  const grant = { username, password: PASSWORD, scope: "offline_access" };
  return (await post(app, "token", grant)).json();
}

/** Refreshes one token `count` times at once, in turn at the one and the other; who is told to wait does. */
function race(pair: Pair, { refresh_token }: Tokens, count: number): Promise<Response[]> {
  const refresh = async (app: Latchkey): Promise<Response> => {
    const answer = await post(app, "refresh", { refresh_token });
    return answer.status === 503 ? refresh(app) : answer;
  };
  return Promise.all(Array.from({ length: count }, (_, index) => refresh(pair[index % 2 ? 0 : 1])));
}

// bar 53, 69
test("200 refreshes of one token split over both give one successor, and what one ends the other refuses", async ({
  start,
}) => {
  const pair = await startTwo(start);
  const tokens = await newcomer(pair[0]);
  const answers = await race(pair, tokens, 200);
  expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
  const successors: Tokens[] = await Promise.all(answers.map((answer) => answer.json()));
  expect(new Set(successors.map((each) => each.refresh_token)).size).toBe(1);

  const [next = tokens] = successors;
  for (const app of pair) expect((await me(app, next)).status).toBe(200);
  await post(pair[0], "logout", { refresh_token: next.refresh_token });
  expect((await me(pair[1], next)).status).toBe(401);
  expect((await post(pair[1], "refresh", next)).status).toBe(401);
});

// bar 69
test("without a grace one of 200 wins, wherever it was, and the session is over on both", async ({
  start,
}) => {
  const pair = await startTwo(start, { REFRESH_GRACE_SECONDS: "0" });
  const tokens = await newcomer(pair[0]);
  const answers = await race(pair, tokens, 200);
  const winners = answers.filter(({ status }) => status === 200);
  expect(winners).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(199);
  const won: Tokens = await winners[0]?.json();
  for (const app of pair) {
    expect((await me(app, won)).status).toBe(401);
    expect((await post(app, "refresh", won)).status).toBe(401);
  }
});

// bar 52, F15
test("the secret is changed under load, server by server, and nobody is refused", async ({
  start,
}) => {
  const [old, next] = [newSecret(), newSecret()];
  const pair = await startTwo(start, { AUTH_SECRET: old });
  const before = await newcomer(pair[0]);
  const refused: string[] = [];
  let isOver = false;
  let answered = 0;

  /** One client at whichever server is there; repeats the same request when one is just being restarted. */
  async function patiently(ask: (app: Latchkey) => Promise<Response>, turn: number) {
    for (let tries = turn; ; tries++) {
      const answer = await ask(pair[tries % 2 ? 0 : 1]).catch(() => null);
      if (answer !== null && answer.status !== 503) return answer;
      await pause(50);
    }
  }
  async function live(tokens: Tokens) {
    let current = tokens;
    for (let turn = 0; !isOver; turn++) {
      const renewed = await patiently((app) => post(app, "refresh", current), turn);
      if (renewed.status !== 200) refused.push(`refresh ${renewed.status}`);
      else current = await renewed.json();
      const seen = await patiently((app) => me(app, current), turn + 1);
      if (seen.status !== 200) refused.push(`me ${seen.status}`);
      answered += 2;
      // so that the machine has time left for starting servers
      await pause(20);
    }
  }
  const crowd = [];
  for (let count = 0; count < 8; count++) crowd.push(live(await newcomer(pair[count % 2 ? 0 : 1])));

  for (const changed of [
    { AUTH_SECRET_PREVIOUS: next },
    { AUTH_SECRET: next, AUTH_SECRET_PREVIOUS: old },
  ]) {
    for (const app of pair) {
      await app.stop();
      await app.restart(changed);
    }
    // tokens of before are good as long as their secret is listed
    for (const app of pair) expect((await me(app, before)).status).toBe(200);
  }
  isOver = true;
  await Promise.all(crowd);
  expect(refused).toEqual([]);
  expect(answered).toBeGreaterThan(50);

  const after = await newcomer(pair[0]);
  const kidOf = ({ access_token }: Tokens) =>
    JSON.parse(Buffer.from(access_token.split(".")[0] ?? "", "base64url").toString()).kid;
  const { keys } = await (await fetch(`${pair[0].origin}/.well-known/jwks.json`)).json();
  expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual([kidOf(after), kidOf(before)]);

  const [last] = pair;
  await last.stop();
  await last.restart({ AUTH_SECRET_PREVIOUS: "" });
  expect((await me(last, before)).status).toBe(401);
  expect((await post(last, "refresh", before)).status).toBe(401);
  expect((await me(last, after)).status).toBe(200);
});
