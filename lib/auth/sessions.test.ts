import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { register } from "./register";
import { endOtherSessions, endOwnSession, listSessions } from "./sessions";
import { BROWSER, isDead, JOHN, signInAsJohn, worldOfJohn } from "./testing/world";

describe("sessions", () => {
  // bar 78, 79
  test("are listed, ended one by one or all but one, and only by their owner", async () => {
    const john = await worldOfJohn();
    john.pass(1);
    const phone = await signInAsJohn(john);
    const owner = await authorize(john.tokens.accessToken, john.context);
    const ids = (await listSessions(owner, john.context)).map(({ id }) => id);
    expect(ids).toEqual([phone.session.id, john.tokens.session.id]);

    const jane = { ...JOHN, username: "jane", email: "jane@example.com" };
    const hers = await register(jane, BROWSER, null, john.context);
    for (const id of [hers.session.id, "unknown"]) {
      await expect(endOwnSession(owner, id, john.context)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await endOwnSession(owner, phone.session.id, john.context);
    expect(await isDead(phone, john)).toBe(true);

    const laptop = await signInAsJohn(john);
    await endOtherSessions(owner, john.context);
    expect(await isDead(laptop, john)).toBe(true);
    await expect(authorize(john.tokens.accessToken, john.context)).resolves.toBeTruthy();
    await expect(authorize(hers.accessToken, john.context)).resolves.toBeTruthy();
  });
});
