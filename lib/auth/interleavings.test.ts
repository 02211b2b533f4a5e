import fc from "fast-check";
import { expect, test } from "vitest";
import { authorize } from "./authorize";
import { login } from "./login";
import { logout } from "./logout";
import { peek } from "./peek";
import { refresh } from "./refresh";
import type { Tokens } from "./session";
import { BROWSER, JOHN, START, type World, worldOfJohn } from "./testing/world";

const GRACE_SECONDS = 10;
const RECOVERY_SECONDS = 60;
const IDLE_SECONDS = 200;

/** All that there is to know of one session, in a few lines: the rules once more, told independently. */
class Model {
  generation = 0;
  rotatedAt = START;
  attempt: string | null = null;
  idleEndAt = START + IDLE_SECONDS * 1000;
  isRevoked = false;

  isLive = (now: number) => !this.isRevoked && now < this.idleEndAt;

  /** Generation of the token that a refresh gives, or null for a refusal. */
  refresh(presented: number, attempt: string | null, now: number): number | null {
    if (!this.isLive(now)) return null;
    if (presented === this.generation) {
      this.generation += 1;
      this.rotatedAt = now;
      this.attempt = attempt;
      this.idleEndAt = now + IDLE_SECONDS * 1000;
      return this.generation;
    }
    const age = (now - this.rotatedAt) / 1000;
    const isLast = presented === this.generation - 1;
    const isMine = attempt !== null && attempt === this.attempt;
    if (isLast && (age < GRACE_SECONDS || (isMine && age < RECOVERY_SECONDS)))
      return this.generation;
    this.isRevoked = true;
    return null;
  }
}

const attempt = fc.constantFrom(null, "a", "b");
const pick = fc.nat();
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("refresh" as const), pick, attempt }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      pick: fc.constantFrom(1, 5, 10, 59, 60, 199),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("login" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("logout" as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("look" as const), pick }) },
);

/** What was handed out, as a client or a thief may keep it. */
interface Held {
  readonly tokens: Tokens;
  readonly model: Model;
}

async function run(
  steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[],
) {
  const world: World & { tokens: Tokens } = await worldOfJohn({
    graceSeconds: GRACE_SECONDS,
    recoverySeconds: RECOVERY_SECONDS,
    idleSeconds: IDLE_SECONDS,
    accessTokenSeconds: 3600,
  });
  const { context, clock } = { ...world, clock: world.context.clock };
  const held: Held[] = [{ tokens: world.tokens, model: new Model() }];
  const successors = new Map<string, string>();
  const oneOf = (index: number) => held[index % held.length] as Held;

  for (const each of steps) {
    const now = clock.now();
    if (each.do === "pass") world.pass(each.pick);
    if (each.do === "login") {
      const credentials = { ...JOHN, remember: true };
      const tokens = await login(credentials, BROWSER, null, context);
      const model = new Model();
      model.rotatedAt = now;
      model.idleEndAt = now + IDLE_SECONDS * 1000;
      held.push({ tokens, model });
    }
    if (each.do === "logout") {
      const { tokens, model } = oneOf(each.pick);
      await logout(
        { refreshToken: tokens.refreshToken, accessToken: null, everywhere: false },
        context,
      );
      if (model.isLive(now)) model.isRevoked = true;
    }
    if (each.do === "look") await peek(oneOf(each.pick).tokens.refreshToken, BROWSER, context);
    if (each.do === "refresh") {
      const { tokens, model } = oneOf(each.pick);
      const expected = model.refresh(tokens.session.generation, each.attempt, now);
      const request = {
        token: tokens.refreshToken,
        channel: "cookie",
        attempt: each.attempt,
        ip: BROWSER.ip,
      } as const;
      const next = await refresh(request, context).catch(() => null);
      expect(next?.session.generation ?? null).toBe(expected);
      if (next !== null) {
        const place = `${next.session.id} ${next.session.generation}`;
        expect(successors.get(place) ?? next.refreshToken).toBe(next.refreshToken);
        successors.set(place, next.refreshToken);
        held.push({ tokens: next, model });
      }
    }
    for (const { tokens, model } of held) {
      const isIn = await authorize(tokens.accessToken, context).then(
        () => true,
        () => false,
      );
      expect(isIn).toBe(model.isLive(clock.now()));
    }
  }
}

test("whatever clients and thieves do in whatever order, the sessions are what the model says", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), run), { numRuns: 300 });
}, 60_000);
