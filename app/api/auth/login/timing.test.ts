import { beforeAll, expect, test } from "vitest";
import { Client, embeddedApp, newcomer } from "@/lib/testing/embedded-app";
import { POST as login } from "./route";

const ROUNDS = 60;
/** Chance alone leaves this once in ten thousand times; 0.5 is no difference, 1 a sure sign. */
const UNDECIDED = { least: 0.3, most: 0.7 };

let username = "";
beforeAll(async () => {
  await embeddedApp({ RATE_LIMITS: "off" });
  ({ username } = await newcomer());
});

/** Milliseconds of a login that fails. */
async function timed(name: string, password: string): Promise<number> {
  const startedAt = performance.now();
  const response = await new Client().send(login, { json: { username: name, password } });
  const elapsed = performance.now() - startedAt;
  expect(response.status).toBe(401);
  return elapsed;
}

/** How often a value of one sample is larger than one of the other: the area under the ROC curve. */
function areaUnderCurve(one: readonly number[], other: readonly number[]): number {
  const wins = one.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
}

/** Times both in turn, sometimes the one and sometimes the other first, so that both meet the same machine. */
async function compare(nobody: string, password: string): Promise<number> {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const each = [
      async () => void known.push(await timed(username, password)),
      async () => void unknown.push(await timed(nobody, password)),
    ];
    if (round % 2 === 1) each.reverse();
    for (const attempt of each) await attempt();
  }
  return areaUnderCurve(known, unknown);
}

const isUndecided = (area: number) => area > UNDECIDED.least && area < UNDECIDED.most;

// bar 4
test.each([
  ["an unknown name", "nobody", "wrong password"],
  ["an unknown name, with a password of 1000 characters", "nobody", "x".repeat(1000)],
  ["what is no address, with a password of one character", "no@address@at@all", "x"],
])(
  "the time of a failed login does not tell a user from %s",
  async (what, nobody, password) => {
    const areas = [await compare(nobody, password)];
    // a busy machine may have been unfair once; an account that can be told can be told again
    if (!areas.every(isUndecided)) areas.push(await compare(nobody, password));
    process.stdout.write(
      `login timing, a user against ${what}: AUC ${areas.map((a) => a.toFixed(3))}\n`,
    );
    expect(areas.some(isUndecided), `AUC ${areas}`).toBe(true);
  },
  400_000,
);
