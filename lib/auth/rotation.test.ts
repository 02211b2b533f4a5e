import { describe, expect, test } from "vitest";
import { howEnded, idleEnd, judge, type Verdict } from "./rotation";

const ROTATED_AT = 1_000_000;
const windows = { graceSeconds: 10, recoverySeconds: 3600, idleSeconds: 86_400 };
const session = { generation: 5, rotatedAt: ROTATED_AT, attemptHash: "a" };

type Line = [presented: number, ageSeconds: number, attempt: string | null, expected: Verdict];
const lines: Line[] = [
  [5, 0, null, "rotate"],
  [5, 999_999, null, "rotate"],
  [6, 0, null, "ahead"],
  [4, 0, null, "repeat"],
  [4, 9.999, null, "repeat"],
  [4, -30, null, "repeat"],
  [4, 10, null, "reuse"],
  [4, 10, "b", "reuse"],
  [4, 10, "a", "repeat"],
  [4, 3599.999, "a", "repeat"],
  [4, 3600, "a", "recovery_expired"],
  [4, 3600, "b", "reuse"],
  [3, 0, null, "reuse"],
  [3, 0, "a", "reuse"],
  [0, 0, null, "reuse"],
];

test.each(lines)("generation %i of 5 after %d s with attempt %s means %s", (...line) => {
  const [presented, ageSeconds, attempt, expected] = line;
  const now = ROTATED_AT + ageSeconds * 1000;
  expect(judge(session, presented, attempt, now, windows)).toBe(expected);
});

describe("without a grace", () => {
  const strict = { ...windows, graceSeconds: 0 };

  test("only the same attempt may repeat", () => {
    expect(judge(session, 4, "a", ROTATED_AT, strict)).toBe("repeat");
    expect(judge(session, 4, null, ROTATED_AT, strict)).toBe("reuse");
  });

  test("a clock that went backwards opens no window", () => {
    expect(judge(session, 4, null, ROTATED_AT - 5000, strict)).toBe("reuse");
  });
});

test("a row without an attempt is nobody's lost answer", () => {
  const row = { ...session, attemptHash: null };
  expect(judge(row, 4, null, ROTATED_AT + 10_000, windows)).toBe("reuse");
});

test("a session is dead at exactly its end", () => {
  const live = { revokedAt: null, revokedReason: null, idleEndAt: 100, absoluteEndAt: 200 };
  const at = (now: number, user = { disabled: false }) =>
    howEnded({ session: live, user } as Parameters<typeof howEnded>[0], now);
  expect(at(99)).toBeNull();
  expect(at(100)).toBe("expired");
  expect(at(99, { disabled: true })).toBe("disabled");
});

test("use moves the idle end, never past the absolute end", () => {
  expect(idleEnd(0, 10, 50_000)).toBe(10_000);
  expect(idleEnd(45_000, 10, 50_000)).toBe(50_000);
});
