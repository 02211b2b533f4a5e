import fc from "fast-check";
import { expect, test } from "vitest";
import type { Windows } from "../rotation";
import type { Session, Store, User } from "../store";
import { memoryStore } from "./memory-store";
import { aSession, aUser, NOW, presenting } from "./samples";
import type { SubjectOf } from "./store-contract";
import { NO_CAP } from "./stored";

const RUNS = 150;

/** Milliseconds around 0: few values, so that instants coincide and windows end at exactly now. */
const nearby = fc.constantFrom(-5000, -1000, -1, 0, 1, 999, 1000, 1001, 4999, 5000, 5001);
const attempt = fc.constantFrom(null, "A", "B");
const transport = fc.constantFrom("cookie" as const, "bearer" as const);
const generation = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(2 ** 31 - 3));

const row = fc.record({
  generation,
  rotatedAt: nearby.map((offset) => NOW + offset),
  attemptHash: attempt,
  idleEndAt: nearby.map((offset) => NOW + 4000 + offset),
  absoluteEndAt: nearby.map((offset) => NOW + 4000 + offset),
  revokedAt: fc.constantFrom(null, null, null, null, NOW - 1),
  transport,
});

const presentation = fc.record({
  behind: fc.integer({ min: -2, max: 3 }),
  attemptHash: attempt,
  transport: fc.constantFrom(null, "cookie" as const, "bearer" as const),
});

const windows: fc.Arbitrary<Windows> = fc.record({
  graceSeconds: fc.constantFrom(0, 1, 5),
  recoverySeconds: fc.constantFrom(0, 1, 5, 100),
  idleSeconds: fc.constantFrom(1, 5, 100),
});

/** What happened to the session, as the store under test and the memory store tell it. */
async function tell(
  store: Store,
  user: User,
  session: Session,
  act: (store: Store) => Promise<unknown>,
) {
  await store.createUser(user);
  await store.openSession(session, user.passwordHash, NO_CAP);
  return { answer: await act(store), after: await store.findSession(session.id) };
}

/** Whatever the table of a test leaves out: the memory store is right, and the others do as it does. */
export function randomContract(subject: SubjectOf): void {
  test("any row answers any token as the specification does", async () => {
    const { store } = subject();
    await fc.assert(
      fc.asyncProperty(row, presentation, nearby, windows, async (given, shown, offset, spans) => {
        const user = aUser();
        const revokedReason = given.revokedAt === null ? null : ("logout" as const);
        const session = aSession(user, { ...given, revokedReason });
        const token = presenting(session, {
          generation: Math.max(0, session.generation - shown.behind),
          attemptHash: shown.attemptHash,
          transport: shown.transport,
        });
        const act = (on: Store) => on.rotateSession(token, NOW + offset, spans);
        const told = await tell(store, user, session, act);
        expect(told).toEqual(await tell(memoryStore(), user, session, act));
      }),
      { numRuns: RUNS },
    );
  });
}
