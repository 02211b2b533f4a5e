import { expect, test } from "vitest";
import { SIGN_IN_REASONS } from "@/lib/contract";
import { reasonText } from "./reason-text";

test.each(SIGN_IN_REASONS)("the reason %s has words", (reason) => {
  expect(reasonText(reason)).toMatch(/\.$/);
});

test.each([undefined, "", "constructor", ["reuse"]])("%j is no reason of ours", (reason) => {
  expect(reasonText(reason)).toBeNull();
});
