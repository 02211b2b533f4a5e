import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addSeconds } from "@/lib/clock";
import type { Session } from "../store";
import { aSession, aUser, NOW } from "./samples";
import type { SubjectOf } from "./store-contract";

const at = (seconds: number) => addSeconds(NOW, seconds);

/** Before all sessions of the other tests, so that theirs are not deleted. */
const LONG_AGO = addSeconds(0, 1_000_000);

/** The duties of `Store.upkeep`. */
export function upkeepContract(subject: SubjectOf): void {
  test("a lease is its holder's until exactly the instant it expires, and he may prolong it", async () => {
    const { upkeep } = subject().store;
    const name = randomUUID();
    expect(await upkeep.claimLease(name, "one", NOW, at(60))).toBe(true);
    expect(await upkeep.claimLease(name, "other", at(60) - 1, at(120))).toBe(false);
    expect(await upkeep.claimLease(name, "one", at(30), at(90))).toBe(true);
    expect(await upkeep.claimLease(name, "other", at(60), at(120))).toBe(false);
    expect(await upkeep.claimLease(name, "other", at(90), at(150))).toBe(true);
    expect(await upkeep.claimLease(name, "one", at(90), at(150))).toBe(false);
  });

  test("of many who claim one lease at once one gets it, also when its last holder died", async () => {
    const { upkeep } = subject().store;
    const name = randomUUID();
    for (const now of [NOW, at(60)]) {
      const claims = Array.from({ length: 50 }, () =>
        upkeep.claimLease(name, randomUUID(), now, addSeconds(now, 60)),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    }
  });

  test("a lease given back is free at once; giving back another's changes nothing", async () => {
    const { upkeep } = subject().store;
    const name = randomUUID();
    await upkeep.claimLease(name, "one", NOW, at(60));
    await upkeep.releaseLease(name, "other");
    expect(await upkeep.claimLease(name, "other", NOW, at(60))).toBe(false);
    await upkeep.releaseLease(name, "one");
    expect(await upkeep.claimLease(name, "other", NOW, at(60))).toBe(true);
    expect(await upkeep.claimLease(randomUUID(), "one", NOW, at(60))).toBe(true);
  });

  test("sessions are deleted from exactly their absolute end on, the oldest first, and no others", async () => {
    const { store } = subject();
    const { upkeep } = store;
    const user = aUser();
    await store.createUser(user);
    const open = async (secondsAfter: number, given: Partial<Session> = {}) => {
      const absoluteEndAt = addSeconds(LONG_AGO, secondsAfter);
      const session = aSession(user, { ...given, absoluteEndAt });
      await store.openSession(session, user.passwordHash, 50);
      return session.id;
    };
    const third = await open(3);
    const [first, second] = [await open(1), await open(2)];
    // over, but not of old age: its tokens must still be told from nonsense
    const ended = await open(4, { revokedAt: NOW, revokedReason: "logout" });
    const left = async () => {
      const found = await Promise.all([first, second, third, ended].map(store.findSession));
      return found.map((each) => each !== null);
    };

    expect(await upkeep.deleteDeadSessions(addSeconds(LONG_AGO, 1) - 1, 10)).toBe(0);
    expect(await upkeep.deleteDeadSessions(addSeconds(LONG_AGO, 3), 2)).toBe(2);
    expect(await left()).toEqual([false, false, true, true]);
    expect(await upkeep.deleteDeadSessions(addSeconds(LONG_AGO, 3), 2)).toBe(1);
    expect(await left()).toEqual([false, false, false, true]);
    expect(await upkeep.deleteDeadSessions(addSeconds(LONG_AGO, 4), 2)).toBe(1);
    expect(await store.findUser({ username: user.username })).toEqual(user);
  });
}
