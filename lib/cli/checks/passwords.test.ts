import { expect, test } from "vitest";
import { BACKENDS } from "@/lib/password/testing/backends";
import { checkPasswords, judgeHashing } from "./passwords";

const NATIVE = { name: "native", unusable: null } as const;
const BCRYPTJS = { name: "bcryptjs", unusable: null } as const;
const UNUSABLE = { name: "bcryptjs", unusable: "Cannot find native binding" } as const;

test.each([
  ["native", NATIVE, "ok", "@node-rs/bcrypt hashes them: cost 12 takes 250 ms"],
  ["native", BCRYPTJS, "ok", "bcryptjs hashes them, @node-rs/bcrypt is not installed"],
  ["native", UNUSABLE, "warning", "cannot be used here (Cannot find native binding):"],
  ["bcryptjs", BCRYPTJS, "ok", "bcryptjs hashes them, as BCRYPT_BACKEND says"],
] as const)("%s wanted, %j found: %s", (wanted, by, status, words) => {
  const check = judgeHashing({ wanted, by, cost: 12, tookMs: 250.3, cores: 2 });
  expect(check).toMatchObject({ name: "passwords", status });
  expect(check.detail).toContain(words);
  expect(check.detail).toContain("2 cores serve 8.0 logins a second at most.");
});

test.each(BACKENDS)("a password is really hashed by %s", async (bcryptBackend) => {
  const [check] = await checkPasswords({ bcryptBackend, bcryptCost: 10 });
  const words = bcryptBackend === "native" ? "@node-rs/bcrypt hashes" : "bcryptjs hashes";
  expect(check).toMatchObject({ status: "ok", detail: expect.stringContaining(words) });
  expect(check?.detail).toContain("cost 10 takes ");
});
