import { compare, hash } from "bcryptjs";
import { describe, expect, test } from "vitest";
import { authorize } from "./authorize";
import { renewDeviceToken } from "./device";
import { AuthError } from "./errors";
import { login } from "./login";
import { register } from "./register";
import type { Client } from "./session";
import { addressOf, again, BROWSER, JOHN, type World, world, worldOfJohn } from "./testing/world";
import { grantPassword } from "./token";

const RIGHT = JOHN.password;
const WRONG = "wrong password";
const DAY_SECONDS = 86_400;

const from = (number: number): Client => ({ ...BROWSER, ip: addressOf(number) });

/** What a login came to: `in`, `wrong`, or the seconds to wait. */
async function guess(
  { context }: Pick<World, "context">,
  username = "johndoe",
  password = WRONG,
  client: Client = BROWSER,
): Promise<"in" | "wrong" | number> {
  try {
    await login({ username, password, remember: true }, client, null, context);
    return "in";
  } catch (error) {
    const { code, facts } = error as AuthError;
    if (code === "invalid_credentials") return "wrong";
    if (code === "rate_limited" && facts.retryAfterSeconds) return facts.retryAfterSeconds;
    throw error;
  }
}

async function fail(given: World, times: number, username = "johndoe", client = from) {
  const answers: (string | number)[] = [];
  for (let time = 0; time < times; time++) {
    answers.push(await guess(given, username, WRONG, client(time)));
  }
  return answers;
}

const wrongs = (count: number) => Array(count).fill("wrong");
const named = (given: World, event: string) => given.events.filter((each) => each.event === event);

describe("an account", () => {
  // bar 136, 137
  test("takes ten failures from anywhere, then none, and not the right password, until the wait ends", async () => {
    const john = await worldOfJohn();
    expect(await fail(john, 12)).toEqual([...wrongs(10), 10, 10]);
    john.pass(9);
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(1);
    john.pass(1);
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe("in");
  });

  // bar 136
  test("takes a hundred failures in a row at most, and then none for thirty days", async () => {
    const john = await worldOfJohn();
    let failures = 0;
    for (let number = 0; failures < 100; number++) {
      const answer = await guess(john, "johndoe", WRONG, from(number));
      if (answer === "wrong") failures += 1;
      else john.pass(Number(answer));
    }
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(30 * DAY_SECONDS);
    john.pass(30 * DAY_SECONDS - 1);
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(1);
    john.pass(1);
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe("in");
  });

  // bar 143
  test("forgets its failures when the right password comes", async () => {
    const john = await worldOfJohn();
    for (let round = 0; round < 3; round++) {
      expect(await fail(john, 9)).toEqual(wrongs(9));
      expect(await guess(john, "johndoe", RIGHT, from(200))).toBe("in");
    }
    expect(await fail(john, 11)).toEqual([...wrongs(10), 10]);
  });

  test("has one budget for its name and its address", async () => {
    const john = await worldOfJohn();
    await fail(john, 5, "JohnDoe");
    await fail(john, 5, " john@EXAMPLE.com");
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(10);
    expect(await guess(john, "john@example.com", RIGHT, from(201))).toBe(10);
  });

  // bar 3, 141
  test.each(["nobody", "nobody@example.com", "not@an@address", "janedoe"])(
    "that does not exist or is disabled (%s) is answered like one that does",
    async (username) => {
      const john = await worldOfJohn();
      const jane = { ...JOHN, username: "janedoe", email: "jane@example.com" };
      const { user } = await register(jane, from(300), null, john.context);
      john.store.disableUser(user.id);
      const walk = async (name: string) => {
        const answers = await fail(john, 11, name);
        john.pass(10);
        return [...answers, ...(await fail(john, 2, name))];
      };
      expect(await walk(username)).toEqual(await walk("johndoe"));
    },
  );

  // bar 138
  test("takes ten of 200 guesses at once, and computes no more hashes", async () => {
    const john = await worldOfJohn();
    let hashes = 0;
    const hasher = {
      hash,
      compare(text: string, stored: string) {
        hashes += 1;
        return compare(text, stored);
      },
    };
    const counting = { context: { ...john.context, hasher } };
    const guesses = Array.from({ length: 200 }, (_, index) =>
      guess(counting, "johndoe", WRONG, from(index)),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === "wrong")).toHaveLength(10);
    expect(answers.filter((answer) => answer === 10)).toHaveLength(190);
    expect(hashes).toBe(10);
  });

  // bar 142
  test("that is closed leaves its sessions alone, and other accounts too", async () => {
    const john = await worldOfJohn();
    const jane = { ...JOHN, username: "janedoe", email: "jane@example.com" };
    await register(jane, BROWSER, null, john.context);
    await fail(john, 12, "johndoe", () => BROWSER);
    await expect(authorize(john.tokens.accessToken, john.context)).resolves.toBeTruthy();
    await expect(again(john.tokens.refreshToken, john)).resolves.toBeTruthy();
    expect(await guess(john, "janedoe", RIGHT)).toBe("in");
    expect(await guess(john, "janedoe", RIGHT, from(1))).toBe("in");
  });

  test("counts no attempt that could not be served", async () => {
    const john = await worldOfJohn();
    const full = () => Promise.reject(new AuthError("unavailable"));
    const busy = { context: { ...john.context, hasher: { hash: full, compare: full } } };
    for (let time = 0; time < 30; time++) {
      await expect(guess(busy)).rejects.toMatchObject({ code: "unavailable" });
    }
    expect(await fail(john, 11)).toEqual([...wrongs(10), 10]);
  });

  test("that closes is told once, and every refusal with what was exceeded", async () => {
    const john = await worldOfJohn();
    await fail(john, 12);
    john.pass(10);
    await fail(john, 1);
    expect(named(john, "authn_login_fail_max")).toEqual([
      { event: "authn_login_fail_max", userId: john.tokens.user.id },
    ]);
    expect(named(john, "excess_rate_limit_exceeded")).toEqual(
      Array(2).fill({
        event: "excess_rate_limit_exceeded",
        reason: "account",
        userId: john.tokens.user.id,
      }),
    );
  });
});

describe("an address", () => {
  test("that tries many accounts waits after twenty failures, whichever accounts", async () => {
    const given = await worldOfJohn();
    for (let each = 0; each < 20; each++) expect(await guess(given, `user${each}`)).toBe("wrong");
    expect(await guess(given, "user20")).toBe(10);
    expect(await guess(given, "johndoe", RIGHT)).toBe(10);
    expect(await guess(given, "johndoe", RIGHT, from(1))).toBe("in");
    expect(named(given, "excess_rate_limit_exceeded").at(-1)?.reason).toBe("address");
  });

  test("is burdened by three failures of one account at most: who mistypes is no sprayer", async () => {
    const given = await worldOfJohn();
    for (const username of ["user1", "user2", "user3", "user4", "user5", "user6"]) {
      expect(await fail(given, 10, username, () => BROWSER)).toEqual(wrongs(10));
    }
    expect(await guess(given, "johndoe", RIGHT)).toBe("in");
  });

  test("that is closed is closed for what would not burden it, too", async () => {
    const given = await worldOfJohn();
    await fail(given, 5, "johndoe");
    for (let each = 0; each < 20; each++) await guess(given, `user${each}`);
    expect(await guess(given, "johndoe", RIGHT)).toBe(10);
  });

  test("that is refused takes nothing from the account's budget", async () => {
    const given = await worldOfJohn();
    for (let each = 0; each < 20; each++) await guess(given, `user${each}`);
    for (let time = 0; time < 30; time++) expect(await guess(given)).toBe(10);
    expect(await fail(given, 11)).toEqual([...wrongs(10), 10]);
  });

  test("is not burdened by who signs in", async () => {
    const given = await worldOfJohn();
    for (let time = 0; time < 30; time++) expect(await guess(given, "johndoe", RIGHT)).toBe("in");
    for (let each = 0; each < 20; each++) expect(await guess(given, `user${each}`)).toBe("wrong");
    expect(await guess(given, "user20")).toBe(10);
  });

  // bar 145
  test("that is not known is limited all the same, all of them together", async () => {
    const given = await world();
    const nowhere = { ...BROWSER, ip: null };
    for (let each = 0; each < 100; each++) {
      expect(await guess(given, `user${each}`, WRONG, nowhere)).toBe("wrong");
    }
    expect(await guess(given, "user100", WRONG, nowhere)).toBe(10);
  });

  // bar 144
  test("may register a hundred accounts, and those that are taken count", async () => {
    const { context, pass } = await worldOfJohn();
    const attempt = (number: number, ip = BROWSER.ip) => {
      const username = number % 2 === 0 ? `user${number}` : "johndoe";
      const account = { ...JOHN, username, email: `${number}@example.com` };
      return register(account, { ...BROWSER, ip }, null, context).catch(({ code }) => code);
    };
    // John was the first
    for (let number = 1; number < 100; number++) {
      expect(await attempt(number)).not.toBe("rate_limited");
    }
    expect(await attempt(100)).toBe("rate_limited");
    await expect(attempt(100, "192.0.2.2")).resolves.toHaveProperty("accessToken");
    pass(10);
    await expect(attempt(102)).resolves.toHaveProperty("accessToken");
  });

  // bar 144
  test("is burdened by registrations whose password is too weak, since judging it is work", async () => {
    const { context } = await world();
    const attempt = (password: string) =>
      register({ ...JOHN, password }, BROWSER, null, context).catch(({ code }) => code);
    for (let number = 0; number < 100; number++) {
      expect(await attempt("password1")).toBe("validation_failed");
    }
    expect(await attempt("password1")).toBe("rate_limited");
    expect(await attempt("short")).toBe("validation_failed");
  });
});

describe("a device that knows the account", () => {
  async function worldWithDevice() {
    const john = await worldOfJohn();
    const token = renewDeviceToken(null, john.tokens.user, john.context.keys);
    return { ...john, known: { ...BROWSER, device: token } };
  }

  // bar 142
  test("signs in while strangers are shut out, and they see nothing of it", async () => {
    const john = await worldWithDevice();
    await fail(john, 10);
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(10);
    expect(await guess(john, "johndoe", RIGHT, john.known)).toBe("in");
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(10);
    const grant = { ...JOHN, scope: "", client: john.known, replaces: null };
    await expect(grantPassword(grant, john.context)).resolves.toBeTruthy();
    john.pass(10);
    expect(await fail(john, 2)).toEqual(["wrong", 20]);
  });

  test("has ten failures of its own, and then what strangers have", async () => {
    const john = await worldWithDevice();
    expect(await fail(john, 20, "johndoe", () => john.known)).toEqual(wrongs(20));
    expect(await guess(john, "johndoe", RIGHT, john.known)).toBe(10);
    john.pass(10);
    expect(await guess(john, "johndoe", RIGHT, john.known)).toBe("in");
    expect(named(john, "excess_rate_limit_exceeded")[0]?.reason).toBe("device");
  });

  test("has its failures forgotten by the right password, and after a day", async () => {
    const john = await worldWithDevice();
    await fail(john, 9, "johndoe", () => john.known);
    expect(await guess(john, "johndoe", RIGHT, john.known)).toBe("in");
    await fail(john, 10, "johndoe", () => john.known);
    await fail(john, 10);
    john.pass(DAY_SECONDS);
    await fail(john, 1);
    expect(await guess(john, "johndoe", RIGHT, from(200))).toBe(20);
    expect(await guess(john, "johndoe", RIGHT, john.known)).toBe("in");
  });

  test("is a stranger to every other account", async () => {
    const john = await worldWithDevice();
    const jane = { ...JOHN, username: "janedoe", email: "jane@example.com" };
    await register(jane, from(300), null, john.context);
    await fail(john, 10, "janedoe");
    expect(await guess(john, "janedoe", RIGHT, john.known)).toBe(10);
  });
});

test("where limits are off nothing is counted", async () => {
  const john = await worldOfJohn({ limitsRates: false });
  expect(await fail(john, 30, "johndoe", () => BROWSER)).toEqual(wrongs(30));
  expect(await guess(john, "johndoe", RIGHT)).toBe("in");
});
