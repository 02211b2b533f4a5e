import { expect, test } from "vitest";
import { aUser } from "./samples";
import type { SubjectOf } from "./store-contract";

/** The duties around users. */
export function userContract(subject: SubjectOf): void {
  test("a user is found again by name and by address, as it was created", async () => {
    const { store } = subject();
    for (const user of [aUser(), aUser({ name: "Zoë 𝕏 O'Neil", role: "admin" })]) {
      expect(await store.createUser(user)).toBe("created");
      expect(await store.findUser({ username: user.username })).toEqual(user);
      expect(await store.findUser({ email: user.email })).toEqual(user);
    }
  });

  test("a user is not found by what is merely similar", async () => {
    const { store } = subject();
    const user = aUser();
    await store.createUser(user);
    expect(await store.findUser({ username: user.username.toUpperCase() })).toBeNull();
    expect(await store.findUser({ username: user.email })).toBeNull();
    expect(await store.findUser({ email: user.username })).toBeNull();
    expect(await store.findUser({ email: "%" })).toBeNull();
  });

  test("a name or an address that exists is said, the name first when both do", async () => {
    const { store } = subject();
    const { username, email } = aUser();
    const other = aUser();
    await store.createUser(aUser({ username, email }));
    await store.createUser(other);
    expect(await store.createUser(aUser({ username }))).toBe("username_taken");
    expect(await store.createUser(aUser({ email }))).toBe("email_taken");
    expect(await store.createUser(aUser({ username, email }))).toBe("username_taken");
    expect(await store.createUser(aUser({ username, email: other.email }))).toBe("username_taken");
  });

  test("a refused user is not created in part", async () => {
    const { store } = subject();
    const { username } = aUser();
    await store.createUser(aUser({ username }));
    const refused = aUser({ username });
    await store.createUser(refused);
    expect(await store.findUser({ email: refused.email })).toBeNull();
  });

  test("a password hash is replaced only if it is still the one that was verified", async () => {
    const { store } = subject();
    const user = aUser({ passwordHash: "old" });
    const { id, username } = user;
    await store.createUser(user);
    await store.upgradePasswordHash(id, "other", "lost");
    expect(await store.findUser({ username })).toEqual(user);
    await store.upgradePasswordHash(id, "old", "new");
    expect(await store.findUser({ username })).toEqual({ ...user, passwordHash: "new" });
  });

  test("a store that answers, answers a ping", async () => {
    await expect(subject().store.ping()).resolves.toBeUndefined();
  });
}
