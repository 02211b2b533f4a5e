import { expect, test } from "vitest";
import { fallbackTeller } from "./fallback-teller";

test("a native backend that cannot be used is said once, with the reason, and nothing else is said", () => {
  const said: unknown[] = [];
  const tell = fallbackTeller((facts) => void said.push(facts));
  tell({ name: "native", unusable: null });
  tell({ name: "bcryptjs", unusable: null });
  tell({ name: "bcryptjs", unusable: "wrong C library" });
  tell({ name: "bcryptjs", unusable: "wrong C library" });
  expect(said).toEqual([{ event: "sys_notice", reason: "wrong C library" }]);
});
