import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { localSecret, secretProblem } from "./secret";

// bar 47
test.each([
  "secret",
  "short-but-random-8fJ2",
  "your-256-bit-secret-your-256-bit",
  "a-string-secret-at-least-256-bits-long",
  "change-me-please-change-me-please-now",
  "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
  "a".repeat(64),
  "abcd1234".repeat(8),
  "0123456789abcdef0123456789abcdef",
  "abcdefghijklmnopqrstuvwxyz0123456789",
  "ABABABABABABABABABABABABABABABABABAB",
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
  "thisisasuperlongtokenforjwtsigningpurposes",
  "mysuperlongandveryrandomjwtkeyforsigning",
  "thisisaverylongstringthatnobodywillguess",
  "ThisIsMyVeryStrongJwtKeyDoNotShareItAtAll",
  "jwt-key-jwt-key-for-my-app-2026-11-22",
  "AUTH_SECRET=AUTH_SECRET=AUTH_SECRET",
  "<generate-with-openssl-rand-base64-32>",
  "correct-horse-battery-staple-correct-horse",
  "keyboard cat keyboard cat keyboard cat 1",
  "zxcvbnmasdfghjklqwertyuiopzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "12312312321312312312312312312312312312312312312#$$",
  "00000000-0000-0000-0000-000000000000",
  `24tngvzaictc${"0".repeat(100)}`,
])("%j is refused without being repeated", (secret) => {
  const problem = secretProblem(secret);
  expect(problem).not.toBeNull();
  expect(problem).not.toContain(secret);
});

// bar 47
test("what our own documents show as a value is refused", () => {
  const documents = [
    "README.md",
    ".env.example",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "DECISIONS.md",
    "OPERATION.md",
    "DEPLOYMENT.md",
  ];
  const shown = documents.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\bAUTH_SECRET(?:_PREVIOUS)?=(\S*)/g)].map(
      ([, value = ""]) => value,
    ),
  );
  expect(shown.length).toBeGreaterThan(0);
  for (const value of shown) expect(secretProblem(value)).not.toBeNull();
});

test("random secrets are accepted in every usual spelling", () => {
  for (let round = 0; round < 200; round++) {
    for (const spelling of ["hex", "base64", "base64url"] as const) {
      expect(secretProblem(randomBytes(32).toString(spelling))).toBeNull();
    }
  }
});

test("a secret of the machine's own is made once, readable by its owner alone", () => {
  const file = join(mkdtempSync(join(tmpdir(), "latchkey-")), "deep", "auth-secret");
  const first = localSecret(file);
  expect(first.isNew).toBe(true);
  expect(secretProblem(first.secret)).toBeNull();
  expect(localSecret(file)).toEqual({ secret: first.secret, isNew: false });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("processes that start at once agree on one secret", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "latchkey-")), "auth-secret");
  const script = `import("./lib/settings/secret.ts").then((m) => console.log(m.localSecret(${JSON.stringify(file)}).secret))`;
  const start = () =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "-e", script], {
      cwd: process.cwd(),
    });
  const outputs = await Promise.all([start(), start(), start()]);
  expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
});
