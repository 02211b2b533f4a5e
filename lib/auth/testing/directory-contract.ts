import { expect, test } from "vitest";
import type { Directory } from "../directory";
import type { Store, User, UserId } from "../store";
import { aSession, aUser, NOW, presenting, WINDOWS } from "./samples";
import type { SubjectOf } from "./store-contract";
import { NO_CAP, storedSession, storedUser } from "./stored";

const NOBODY = "nobody" as UserId;

/** What ends all sessions of a user: what it is called, and what the user is afterwards. */
const CHANGES = [
  {
    reason: "disabled",
    change: ({ disable }: Directory, id: UserId) => disable(id, NOW + 1),
    after: (user: User): User => ({ ...user, disabled: true }),
  },
  {
    reason: "password_changed",
    change: ({ setPassword }: Directory, id: UserId) => setPassword(id, "new-hash", NOW + 1),
    after: (user: User): User => ({ ...user, passwordHash: "new-hash", deviceEpoch: 1 }),
  },
] as const;

/** The duties of `Store.directory`. */
export function directoryContract(subject: SubjectOf): void {
  test("walking through the users page by page shows each of them once, as it was created", async () => {
    const { store } = subject();
    const created = await Promise.all([1, 2, 3, 4, 5].map(() => storedUser(store)));
    const seen: User[] = [];
    for (let page = await store.directory.list(null, 2); page.length > 0; ) {
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page);
      page = await store.directory.list(page.at(-1)?.id ?? null, 2);
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(created));
  });

  test("a user is found by id, and by that alone", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    expect(await store.directory.find(user.id)).toEqual(user);
    expect(await store.directory.find(user.username as UserId)).toBeNull();
  });

  test("of many users at once those are added who stand in nobody's way, and these alone", async () => {
    const { store } = subject();
    const there = await storedUser(store);
    const [first, second, third] = [aUser(), aUser({ name: null }), aUser({ disabled: true })];
    const refused = [
      aUser({ username: there.username }),
      aUser({ email: there.email }),
      aUser({ id: there.id }),
      aUser({ email: first.email }),
    ];
    const added = await store.directory.add([first, second, ...refused, third]);
    expect(added).toEqual(new Set([first.id, second.id, third.id]));
    for (const user of [there, first, second, third]) {
      expect(await store.directory.find(user.id)).toEqual(user);
    }
    expect(await store.findUser({ username: refused[1]?.username ?? "" })).toBeNull();
    expect(await store.directory.add([])).toEqual(new Set());
  });

  test.each(CHANGES)(
    "$reason: the user is changed, and all of his live sessions are over",
    async ({ reason, change, after }) => {
      const { store } = subject();
      const { directory } = store;
      const user = await storedUser(store);
      const live = [await storedSession(store, {}, user), await storedSession(store, {}, user)];
      const over = await storedSession(store, { revokedAt: NOW, revokedReason: "logout" }, user);
      const expired = await storedSession(store, { idleEndAt: NOW }, user);
      const stranger = await storedSession(store);

      expect(await change(directory, user.id)).toBe(live.length);
      expect(await directory.find(user.id)).toEqual(after(user));
      const ends = async (id: typeof over.id) => (await store.findSession(id))?.session;
      for (const { id } of live) {
        expect(await ends(id)).toMatchObject({ revokedReason: reason, revokedAt: NOW + 1 });
      }
      expect(await ends(over.id)).toEqual(over);
      expect(await ends(expired.id)).toEqual(expired);
      expect(await ends(stranger.id)).toEqual(stranger);
      expect(await change(directory, user.id)).toBe(0);
      expect(await change(directory, NOBODY)).toBeNull();
    },
  );

  // bar 67
  test.each(CHANGES)(
    "$reason beside logins and refreshes: none leaves a live session behind",
    async ({ change }) => {
      const { store } = subject();
      for (let round = 0; round < 5; round++) {
        const user = await storedUser(store);
        const opened = await Promise.all([1, 2, 3, 4].map(() => storedSession(store, {}, user)));
        const login = (): Promise<unknown> =>
          store.openSession(aSession(user), user.passwordHash, NO_CAP);
        await Promise.all([
          ...opened.map((session) => store.rotateSession(presenting(session), NOW + 1, WINDOWS)),
          login(),
          change(store.directory, user.id),
          login(),
        ]);
        expect(await login()).toBeNull();
        expect(await store.listSessions(user.id, NOW + 1)).toEqual([]);
      }
    },
  );

  test("an enabled user may sign in again and does not get his old sessions back", async () => {
    const { store } = subject();
    const { directory } = store;
    const user = await storedUser(store);
    const session = await storedSession(store, {}, user);
    await directory.disable(user.id, NOW);
    expect(await directory.enable(user.id)).toBe(true);
    expect(await directory.find(user.id)).toEqual(user);
    expect(await store.rotateSession(presenting(session), NOW + 1, WINDOWS)).toBeNull();
    expect(await isOpened(store, user)).toBe(true);
    expect(await directory.enable(NOBODY)).toBe(false);
  });

  test("a deleted user is gone with his sessions, and with nobody else's", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const session = await storedSession(store, {}, user);
    const stranger = await storedSession(store);
    expect(await store.directory.delete(user.id)).toBe(true);
    expect(await store.directory.find(user.id)).toBeNull();
    expect(await store.findSession(session.id)).toBeNull();
    expect(await store.findSession(stranger.id)).not.toBeNull();
    expect(await isOpened(store, user)).toBe(false);
    expect(await store.directory.delete(user.id)).toBe(false);
    expect(await store.createUser(aUser({ username: user.username, email: user.email }))).toBe(
      "created",
    );
  });

  test("the live sessions of several users end at once, and nobody else's", async () => {
    const { store } = subject();
    const [one, other] = [await storedSession(store), await storedSession(store)];
    const stranger = await storedSession(store);
    const { revokeSessionsOf } = store.directory;
    expect(await revokeSessionsOf([one.userId, other.userId, NOBODY], "ended", NOW)).toBe(2);
    expect(await revokeSessionsOf([], "ended", NOW)).toBe(0);
    expect((await store.findSession(other.id))?.session.revokedReason).toBe("ended");
    expect((await store.findSession(stranger.id))?.session).toEqual(stranger);
  });
}

async function isOpened(store: Store, user: User): Promise<boolean> {
  return (await store.openSession(aSession(user), user.passwordHash, NO_CAP)) !== null;
}
