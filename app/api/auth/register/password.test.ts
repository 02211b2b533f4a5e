import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { readFormMemory } from "@/lib/http/form";
import { Client, embeddedApp, HTML, newcomer, PASSWORD } from "@/lib/testing/embedded-app";
import { POST as register } from "./route";

beforeAll(() => embeddedApp());

/** Somebody new who asks for this password. */
function ask(password: string, headers: Record<string, string> = {}) {
  const username = `zorkmid-${randomUUID().slice(0, 8)}`;
  const client = new Client();
  const fields = { username, email: `${username}@mail.example`, password };
  const body = "accept" in headers ? { form: fields } : { json: fields };
  return { username, client, answer: client.send(register, { ...body, headers }) };
}

describe("POST /api/auth/register, a new password", () => {
  // bar 8
  test.each([
    ["k3J9x!Q", 422],
    ["😀".repeat(7), 422],
    ["k3J9x!Qz", 201],
    ["😀".repeat(8), 201],
    ["é".repeat(64), 201],
    ["😀".repeat(256), 201],
    ["😀".repeat(257), 422],
  ])("is measured in code points (%#)", async (password, status) => {
    expect((await ask(password).answer).status).toBe(status);
  });

  // bar 9
  test.each([
    "qzjxkvbpmwytnhgfdrsl",
    "purple kettle mountain dance",
    "7391846205918374",
    "sunny 🌻 river 🚀 tea",
  ])("may be %j: there are no rules of composition", async (password) => {
    expect((await ask(password).answer).status).toBe(201);
  });

  // bar 10
  test.each(["password", "Football", "1qaz2wsx", "p4ssw0rd!", "iloveyou2"])(
    "may not be %j, which is said in words and without it",
    async (password) => {
      const answer = await ask(password).answer;
      expect(answer.status).toBe(422);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await answer.json()).toEqual({
        error: "validation_failed",
        detail: [
          {
            type: expect.stringMatching(/^too_(common|guessable)$/),
            loc: ["body", "password"],
            msg: expect.stringMatching(
              /^(Among the first that anybody|Too easy to guess)[a-z :]*$/,
            ),
          },
        ],
      });
    },
  );

  // bar 11
  test("may not be made of one's own address or name, nor of the application's", async () => {
    const username = `zorkmid-${randomUUID().slice(0, 8)}`;
    const email = `${username}@mail.example`;
    for (const password of [email, `${username}12345678`, "Latchkey2026"]) {
      const answer = await new Client().send(register, { json: { username, email, password } });
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ detail: [{ type: "made_of_own_name" }] });
    }
  });

  test("that is refused comes back to a form without scripts, with the reason and without itself", async () => {
    const { client, answer } = ask("password1", HTML);
    expect((await answer).status).toBe(303);
    expect((await answer).headers.get("Location")).toContain("error=validation_failed");
    const cookies = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const { values, issues } = readFormMemory(cookies);
    expect(issues).toEqual([{ field: "password", msg: "Among the first that anybody would try" }]);
    expect(JSON.stringify(values)).not.toContain("password1");
  });

  // bar 22
  test("does not hide that a name or an address is taken: without mail there is no other way to say it", async () => {
    const { username } = await newcomer();
    const email = `${username}@example.com`;
    const taken = (json: object) => new Client().send(register, { json });
    const byName = await taken({ username, email: `x${email}`, password: PASSWORD });
    expect([byName.status, await byName.json()]).toMatchObject([409, { error: "username_taken" }]);
    const byMail = await taken({ username: `x${username}`, email, password: PASSWORD });
    expect([byMail.status, await byMail.json()]).toMatchObject([409, { error: "email_taken" }]);
  });
});
