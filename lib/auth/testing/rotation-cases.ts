import type { Windows } from "../rotation";
import { WINDOWS } from "./samples";

/** What becomes of the row. */
export type Answer = "rotated" | "unchanged" | "reuse" | "recovery_expired" | "nothing";

/** One line of the table: what is presented, this long after the rotation, to a row of generation 7. */
export interface RotationCase {
  readonly presented: number;
  readonly afterSeconds: number;
  /** Presented; the row was rotated by attempt "A". */
  readonly attempt?: string;
  readonly windows?: Partial<Windows>;
  readonly answer: Answer;
}

const RECOVERY = WINDOWS.recoverySeconds;
const GRACE = WINDOWS.graceSeconds;
const MILLISECOND = 0.001;
/** The most a token can carry: four bytes. */
const LARGEST = 2 ** 32 - 1;

export const ROTATION_CASES: readonly RotationCase[] = [
  { presented: 7, afterSeconds: 0, answer: "rotated" },
  { presented: 7, afterSeconds: 500_000, attempt: "B", answer: "rotated" },
  { presented: 7, afterSeconds: -60, attempt: "A", answer: "rotated" },
  { presented: 6, afterSeconds: 0, answer: "unchanged" },
  { presented: 6, afterSeconds: GRACE - MILLISECOND, attempt: "B", answer: "unchanged" },
  { presented: 6, afterSeconds: -60, answer: "unchanged" },
  { presented: 6, afterSeconds: GRACE, answer: "reuse" },
  { presented: 6, afterSeconds: GRACE, attempt: "B", answer: "reuse" },
  { presented: 6, afterSeconds: GRACE, attempt: "A", answer: "unchanged" },
  { presented: 6, afterSeconds: RECOVERY - MILLISECOND, attempt: "A", answer: "unchanged" },
  { presented: 6, afterSeconds: RECOVERY, attempt: "A", answer: "recovery_expired" },
  { presented: 6, afterSeconds: RECOVERY, attempt: "B", answer: "reuse" },
  { presented: 6, afterSeconds: 0, windows: { graceSeconds: 0 }, answer: "reuse" },
  { presented: 6, afterSeconds: -60, windows: { graceSeconds: 0 }, answer: "reuse" },
  {
    presented: 6,
    afterSeconds: 0,
    attempt: "A",
    windows: { graceSeconds: 0 },
    answer: "unchanged",
  },
  { presented: 6, afterSeconds: 9, windows: { recoverySeconds: 0 }, answer: "unchanged" },
  {
    presented: 6,
    afterSeconds: GRACE,
    attempt: "A",
    windows: { recoverySeconds: 0 },
    answer: "recovery_expired",
  },
  {
    presented: 6,
    afterSeconds: -60,
    attempt: "A",
    windows: { graceSeconds: 0, recoverySeconds: 0 },
    answer: "recovery_expired",
  },
  { presented: 5, afterSeconds: 0, attempt: "A", answer: "reuse" },
  { presented: 0, afterSeconds: -60, answer: "reuse" },
  { presented: 8, afterSeconds: 0, attempt: "A", answer: "nothing" },
  { presented: LARGEST, afterSeconds: 0, answer: "nothing" },
];
