import { expect, test } from "vitest";
import { aSession, aUser, NOW, presenting, WINDOWS } from "./samples";
import type { SubjectOf } from "./store-contract";
import { storedSession, storedUser } from "./stored";

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** The duties that only show when much happens at once. */
export function concurrencyContract(subject: SubjectOf): void {
  // bar 64
  test("a hundred rotations of one token at once rotate once, and all are told the same", async () => {
    const { store } = subject();
    const row = await storedSession(store);
    const rotate = (index: number) => {
      const token = presenting(row, { attemptHash: `attempt-${index}` });
      return store.rotateSession(token, NOW + index, WINDOWS);
    };
    const answers = await Promise.all(times(100, rotate));
    const after = await store.findSession(row.id);
    expect(after?.session.generation).toBe(1);
    for (const answer of answers) expect(answer).toEqual(after);
  });

  // bar 64
  test("without a grace exactly one of many rotations wins, and the session is revoked", async () => {
    const { store } = subject();
    const row = await storedSession(store);
    const rotate = () => store.rotateSession(presenting(row), NOW, { ...WINDOWS, graceSeconds: 0 });
    const answers = await Promise.all(times(20, rotate));
    const reasons = answers.map((answer) => answer?.session.revokedReason);
    expect(answers.filter((answer) => answer?.session.revokedReason === null)).toHaveLength(1);
    expect(reasons.filter((reason) => reason === "reuse")).toHaveLength(1);
    expect(answers.filter((answer) => answer === null)).toHaveLength(18);
  });

  test("of many who want one name exactly one gets it", async () => {
    const { store } = subject();
    const { username } = aUser();
    const answers = await Promise.all(times(20, () => store.createUser(aUser({ username }))));
    expect(answers.filter((answer) => answer === "created")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "username_taken")).toHaveLength(19);
  });

  test("logins at once stay within the cap", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const open = (index: number) =>
      store.openSession(aSession(user, { rotatedAt: NOW + index }), user.passwordHash, 5);
    const trimmed = await Promise.all(times(20, open));
    expect(trimmed).not.toContain(null);
    // each of them ended once, by whichever login it was
    expect(new Set(trimmed.flat()).size).toBe(trimmed.flat().length);
    expect(trimmed.flat()).toHaveLength(15);
    expect(await store.listSessions(user.id, NOW)).toHaveLength(5);
  });

  test("a logout among refreshes is final", async () => {
    const { store } = subject();
    const row = await storedSession(store);
    const { id } = row;
    const [revoked] = await Promise.all([
      store.revokeSession({ id }, "logout", NOW),
      ...times(10, () => store.rotateSession(presenting(row), NOW, WINDOWS)),
    ]);
    expect(revoked).toBe(row.userId);
    expect((await store.findSession(id))?.session.revokedReason).toBe("logout");
    expect(await store.rotateSession(presenting(row, { generation: 1 }), NOW, WINDOWS)).toBeNull();
  });

  // bar 67
  test("disabling among refreshes is final, whichever comes first", async () => {
    const { store, disableUser } = subject();
    for (let round = 0; round < 20; round++) {
      const row = await storedSession(store);
      const rotate = () => store.rotateSession(presenting(row), NOW, WINDOWS);
      const disable = () => disableUser(row.userId);
      await Promise.all((round % 2 ? [disable, rotate] : [rotate, disable]).map((act) => act()));
      for (const generation of [0, 1, 2]) {
        const token = presenting(row, { generation });
        expect(await store.rotateSession(token, NOW, WINDOWS)).toBeNull();
      }
      expect((await store.findSession(row.id))?.user.disabled).toBe(true);
    }
  });

  test("of many who end one session exactly one did it", async () => {
    const { store } = subject();
    const { id } = await storedSession(store);
    const answers = await Promise.all(times(20, () => store.revokeSession({ id }, "logout", NOW)));
    expect(answers.filter((whose) => whose !== null)).toHaveLength(1);
  });
}
