import { hash } from "bcryptjs";
import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { login } from "./login";
import { aUser } from "./testing/samples";
import { again, BROWSER, isDead, JOHN, signInAsJohn, world, worldOfJohn } from "./testing/world";

describe("login", () => {
  // bar 76
  test("ends the session whose refresh token came along, and says nothing of reuse later", async () => {
    const john = await worldOfJohn();
    const credentials = { ...JOHN, remember: true };
    const next = await login(credentials, BROWSER, john.tokens.refreshToken, john.context);
    await expect(again(john.tokens.refreshToken, john)).rejects.toMatchObject({
      facts: { ended: "replaced" },
    });
    await expect(authorize(next.accessToken, john.context)).resolves.toBeTruthy();
  });

  test("in the same browser again takes the place of the old session, not of another device's", async () => {
    const john = await worldOfJohn({ maxSessionsPerUser: 2 });
    john.pass(1);
    const browser = await signInAsJohn(john);
    john.pass(1);
    await login({ ...JOHN, remember: true }, BROWSER, browser.refreshToken, john.context);
    await expect(authorize(john.tokens.accessToken, john.context)).resolves.toBeTruthy();
    expect(await isDead(browser, john)).toBe(true);
  });

  // bar 2, 3
  test("answers unknown, wrong, too long and impossible alike", async () => {
    const john = await worldOfJohn();
    for (const [username, password] of [
      ["nobody", JOHN.password],
      ["johndoe", "wrong password"],
      ["johndoe", "x".repeat(257)],
      ["not@an@address", JOHN.password],
      ["", JOHN.password],
    ] as const) {
      const attempt = login({ username, password, remember: true }, BROWSER, null, john.context);
      await expect(attempt).rejects.toMatchObject({ code: "invalid_credentials" });
    }
  });

  // bar 4
  test("asks the database and hashes as often for whoever cannot sign in", async () => {
    const john = await worldOfJohn();
    const work: string[] = [];
    let attempts = 0;
    const { store, hasher } = john.context;
    const watched = {
      ...john.context,
      store: {
        ...store,
        findUser: (by: Parameters<typeof store.findUser>[0]) => {
          work.push("findUser");
          return store.findUser(by);
        },
      },
      hasher: {
        ...hasher,
        compare: (text: string, bcryptHash: string) => {
          work.push(`compare at ${bcryptHash.slice(4, 6)}`);
          return hasher.compare(text, bcryptHash);
        },
      },
    };
    for (const username of [
      "johndoe",
      JOHN.email,
      "nobody",
      "no@b.ody",
      "no@add@ress",
      "",
      "\u212A",
    ]) {
      for (const password of ["wrong password", "x", "x".repeat(1000)]) {
        // each from elsewhere, so that no limit of an address comes between
        const client = { ...BROWSER, ip: `192.0.2.${++attempts}` };
        const attempt = login({ username, password, remember: true }, client, null, watched);
        await expect(attempt).rejects.toMatchObject({ code: "invalid_credentials" });
        expect(work.splice(0), `${username} ${password.length}`).toEqual([
          "findUser",
          "compare at 04",
        ]);
      }
    }
  });

  // bar 21
  test("takes the address as well as the name, in any case", async () => {
    const john = await worldOfJohn();
    for (const username of ["JohnDoe", " JOHN@Example.com "]) {
      const attempt = login(
        { username, password: JOHN.password, remember: true },
        BROWSER,
        null,
        john.context,
      );
      await expect(attempt).resolves.toMatchObject({ user: { username: "johndoe" } });
    }
  });

  // bar 16
  test("brings the stored hash up to today's cost", async () => {
    const john = await worldOfJohn();
    const dearer = {
      ...john,
      context: { ...john.context, settings: { ...john.context.settings, bcryptCost: 5 } },
    };
    await signInAsJohn(dearer);
    const user = await john.store.findUser({ username: "johndoe" });
    expect(user?.passwordHash).toContain("$2b$05$");
    await expect(signInAsJohn(dearer)).resolves.toBeTruthy();
  });

  // bar 16
  test.each(["$2a$", "$2b$", "$2y$"])(
    "takes over a plain %s hash of another system",
    async (kind) => {
      const john = await world();
      const passwordHash = (await hash(JOHN.password, 4)).replace("$2b$", kind);
      await john.store.createUser(aUser({ username: JOHN.username, passwordHash }));
      await expect(signInAsJohn(john)).resolves.toBeTruthy();
      const user = await john.store.findUser({ username: JOHN.username });
      expect(user?.passwordHash).toMatch(/^\$latchkey\$public\$2b\$04\$/);
      await expect(signInAsJohn(john)).resolves.toBeTruthy();
    },
  );

  test("many at once during an upgrade all succeed", async () => {
    const john = await worldOfJohn();
    const dearer = {
      ...john,
      context: { ...john.context, settings: { ...john.context.settings, bcryptCost: 5 } },
    };
    const all = Array.from({ length: 10 }, () => signInAsJohn(dearer));
    await expect(Promise.all(all)).resolves.toHaveLength(10);
  });
});
