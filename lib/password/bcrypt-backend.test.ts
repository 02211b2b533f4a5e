import { encodeBase64, hashSync } from "bcryptjs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openBackend } from "./bcrypt-backend.mjs";
import { BACKENDS, EXPECTS_NATIVE } from "./testing/backends";

const backends = await Promise.all(BACKENDS.map((name) => openBackend(name)));
const COST = 4;

/** Made by the C code of Python's bcrypt 3.2.2. */
const ELSEWHERE: readonly (readonly [text: string, hash: string])[] = [
  ["", "$2b$04$Dnek/.D/8RASJ6u.ciDo.uekWaJOB3hQkABnKQs3C.IhSrb0sXcWm"],
  ["secret", "$2a$04$P1e37dW/KdyQJ3PANOL4J.w5GLlh0sEh/MQ2eRYuANrJuGkZgoTcK"],
  ["zwölf Boxkämpfer 🥊", "$2b$04$DwRIa.RX1kBW/0zugtCBeec6eUpVihaVoD0Hna48OV/XrJzfrXCFy"],
  ["ü".repeat(40), "$2b$04$wxI7OnSCyJbwKtzcQVsU/.oT6lyVWnZAaBNe1RWUdEK5oSta55kLm"],
  // the 72 bytes that count end within a character
  [`${"x".repeat(71)}é`, "$2b$04$NvziMkv1sTuPqOL0iGFlHOyzaDzqqmaDIpBF0BQFofYVxrt8HOHJS"],
  [`${"a".repeat(72)}X`, "$2b$04$pMxnUCGOpiOoUmdumAH8uupprO3Mxuq/pCrTbrzsclDebO/M1Xqa6"],
];

test("both are here, where there is a native one for the machine", () => {
  expect(BACKENDS).toEqual(EXPECTS_NATIVE ? ["native", "bcryptjs"] : expect.anything());
  for (const { unusable } of backends) expect(unusable).toBeNull();
});

describe.each(backends)("$name", ({ hash, compare }) => {
  test("makes $2b$ of the cost that it is told, with a salt of its own", () => {
    const made = [hash("some text", COST), hash("some text", COST), hash("some text", 5)];
    expect(made.map((each) => each.slice(0, 7))).toEqual(["$2b$04$", "$2b$04$", "$2b$05$"]);
    expect(new Set(made.map((each) => each.slice(7, 29))).size).toBe(3);
    for (const each of made) expect(each).toMatch(/^\$2b\$0[45]\$[./A-Za-z0-9]{53}$/);
  });

  test.each(ELSEWHERE)("verifies %j from elsewhere, and no other text", (text, foreign) => {
    expect(compare(text, foreign)).toBe(true);
    expect(compare(`other ${text}`, foreign)).toBe(false);
  });

  test.each(["$2a$", "$2b$", "$2y$"])("verifies what begins with %s", (prefix) => {
    const foreign = hash("some text", COST).replace("$2b$", prefix);
    expect(compare("some text", foreign)).toBe(true);
    expect(compare("other text", foreign)).toBe(false);
  });

  test("finds nothing equal where bits are set that do not count", () => {
    const made = hash("some text", COST);
    for (const at of [28, 59]) expect(compare("some text", withSpareBit(made, at))).toBe(false);
  });

  test("knows NUL from the end, and looks at 72 bytes", () => {
    expect(compare("before\0after", hash("before\0other", COST))).toBe(false);
    expect(compare(`${"a".repeat(72)}X`, hash(`${"a".repeat(72)}Y`, COST))).toBe(true);
    expect(compare(`${"a".repeat(71)}X`, hash(`${"a".repeat(71)}Y`, COST))).toBe(false);
  });
});

test("for any text all answer the same, whichever of them made the hash", () => {
  const character = fc.oneof(
    fc.constantFrom("\0", "a", "é", "😀"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const text = fc.array(character, { minLength: 1, maxLength: 256 });
  const changed = fc.tuple(fc.nat(100), character);
  fc.assert(
    fc.property(text, changed, fc.constantFrom(...backends), (typed, [at, instead], { hash }) => {
      const made = hash(typed.join(""), COST);
      const other = typed.with(at % typed.length, instead).join("");
      const answers = (text: string) => backends.map(({ compare }) => compare(text, made));
      expect(new Set(answers(typed.join("")))).toEqual(new Set([true]));
      expect(new Set(answers(other)).size).toBe(1);
    }),
    { numRuns: 100 },
  );
});

// bar 4
test("the hash of nobody costs the native backend what any other does", async () => {
  const costs: unknown[] = [];
  const { compare } = await openBackend("native", async () => ({
    hashSync(text, { version, cost = 0, salt } = {}) {
      costs.push(cost);
      const digits = encodeBase64([...Buffer.from(salt ?? "")], 16);
      return hashSync(String(text), `$${version}$${String(cost).padStart(2, "0")}$${digits}`);
    },
  }));
  costs.length = 0;
  expect(compare("nobody", `$2b$10$${"nobody".repeat(9).slice(0, 53)}`)).toBe(false);
  expect(costs).toEqual([10]);
});

test.each<[what: string, load: Parameters<typeof openBackend>[1], unusable: string | null]>([
  ["is not installed", () => Promise.reject(failure("ERR_MODULE_NOT_FOUND")), null],
  ["is for another machine", () => Promise.reject(failure("ERR_DLOPEN_FAILED")), "It failed"],
  ["computes something else", async () => ({ hashSync: () => "x".repeat(60) }), "not bcrypt"],
  ["is an older version", async () => ({ hashSync: refuseOptions }), "A cost is expected"],
])("where the native one %s, bcryptjs takes its place", async (_, load, unusable) => {
  const backend = await openBackend("native", load);
  expect(backend.name).toBe("bcryptjs");
  expect(backend.unusable).toEqual(unusable && expect.stringContaining(unusable));
  expect(backend.compare(...(ELSEWHERE[1] ?? ["", ""]))).toBe(true);
});

function failure(code: string): Error {
  return Object.assign(new Error("It failed\n  here"), { code });
}

function refuseOptions(): string {
  throw new TypeError("A cost is expected");
}

/** One more than a digit that stands for zeroes: /, P, f or v instead of ., O, e or u; or a bit more at the end. */
function withSpareBit(hash: string, at: number): string {
  return hash.slice(0, at) + String.fromCharCode(hash.charCodeAt(at) + 1) + hash.slice(at + 1);
}
