import { describe, expect, test } from "vitest";
import { addSeconds } from "@/lib/clock";
import type { PresentedRefresh } from "../rotation";
import type { Session } from "../store";
import { type Answer, ROTATION_CASES } from "./rotation-cases";
import { NOW, presenting, WINDOWS } from "./samples";
import type { SubjectOf } from "./store-contract";
import { storedSession } from "./stored";

/** The duty of `rotateSession`: what `judge` (rotation.ts) says, done to the row and answered. */
export function rotationContract(subject: SubjectOf): void {
  const rotatedRow = { generation: 7, attemptHash: "A", absoluteEndAt: addSeconds(NOW, 5_000_000) };

  test.each(ROTATION_CASES)(
    "generation $presented $afterSeconds s after the 7th rotation, attempt $attempt: $answer",
    async ({ presented, afterSeconds, attempt = null, windows, answer }) => {
      const { store } = subject();
      const row = await storedSession(store, {
        ...rotatedRow,
        idleEndAt: rotatedRow.absoluteEndAt,
      });
      const token = presenting(row, { generation: presented, attemptHash: attempt });
      const now = Math.round(addSeconds(NOW, afterSeconds));

      const found = await store.rotateSession(token, now, { ...WINDOWS, ...windows });

      const rotated = {
        generation: 8,
        rotatedAt: now,
        attemptHash: attempt,
        idleEndAt: addSeconds(now, WINDOWS.idleSeconds),
      };
      const expected: Readonly<Record<Answer, Partial<Session>>> = {
        rotated,
        unchanged: {},
        nothing: {},
        reuse: { revokedAt: now, revokedReason: "reuse" },
        recovery_expired: { revokedAt: now, revokedReason: "recovery_expired" },
      };
      const after = await store.findSession(row.id);
      expect(after?.session).toEqual({ ...row, ...expected[answer] });
      expect(found).toEqual(answer === "nothing" ? null : after);
    },
  );

  describe("a token of which there is nothing to decide is answered null and changes nothing", () => {
    const shown: readonly [string, Partial<Session>, Partial<PresentedRefresh>][] = [
      ["another secret", {}, { secretHash: "another" }],
      ["another session", {}, { id: "unknown" as Session["id"] }],
      ["a transport that the channel does not serve", {}, { transport: "bearer" }],
      ["revoked", { revokedAt: NOW - 1, revokedReason: "logout" }, {}],
      ["idle end at exactly now", { idleEndAt: NOW }, {}],
      ["absolute end at exactly now", { absoluteEndAt: NOW }, {}],
      ["reused, but over", { generation: 9, absoluteEndAt: NOW }, { generation: 0 }],
    ];
    test.each(shown)("%s", async (_, given, token) => {
      const { store } = subject();
      const row = await storedSession(store, given);
      expect(await store.rotateSession(presenting(row, token), NOW, WINDOWS)).toBeNull();
      expect((await store.findSession(row.id))?.session).toEqual(row);
    });
  });

  test("a disabled user's session neither rotates nor is revoked for reuse", async () => {
    const { store, disableUser } = subject();
    const row = await storedSession(store, { generation: 3 });
    await disableUser(row.userId);
    for (const generation of [3, 2, 0]) {
      const token = presenting(row, { generation });
      expect(await store.rotateSession(token, NOW, WINDOWS)).toBeNull();
    }
    expect((await store.findSession(row.id))?.session).toEqual(row);
  });

  test("a session rotates for its own transport and in its last millisecond", async () => {
    const { store } = subject();
    const row = await storedSession(store, { transport: "bearer", idleEndAt: NOW + 1 });
    const token = presenting(row, { transport: "bearer" });
    expect((await store.rotateSession(token, NOW, WINDOWS))?.session.generation).toBe(1);
  });

  test("the idle end never moves past the absolute end", async () => {
    const { store } = subject();
    const row = await storedSession(store, { absoluteEndAt: NOW + 5000 });
    const found = await store.rotateSession(presenting(row), NOW, WINDOWS);
    expect(found?.session.idleEndAt).toBe(NOW + 5000);
  });

  test("the grace does not slide: a repeat does not prolong it", async () => {
    const { store } = subject();
    const token = presenting(await storedSession(store));
    const at = (seconds: number) => store.rotateSession(token, addSeconds(NOW, seconds), WINDOWS);
    await at(0);
    expect((await at(9))?.session.revokedReason).toBeNull();
    expect((await at(11))?.session.revokedReason).toBe("reuse");
  });

  test("reuse ends that session and no other", async () => {
    const { store } = subject();
    const row = await storedSession(store, { generation: 5 });
    const other = await storedSession(store);
    await store.rotateSession(presenting(row, { generation: 1 }), NOW, WINDOWS);
    expect((await store.findSession(other.id))?.session.revokedAt).toBeNull();
  });
}
