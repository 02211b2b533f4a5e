import { afterEach, beforeEach, expect, vi } from "vitest";

/** A test during which something wrote to `console.error` or `console.warn` fails: nothing does so in silence. */
const METHODS = ["error", "warn"] as const;
let written: unknown[][] = [];

beforeEach(() => {
  written = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation(
      (...words) => void written.push([method, ...words]),
    );
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(written, "console.error or console.warn was called").toEqual([]);
});
