import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tamper } from "@/lib/db/testing/aside";
import { migratedFile } from "@/lib/db/testing/sqlite";
import { keepDump, newLogKeeper, willBeSecret } from "@/lib/testing/evidence";
import { searchEvidence } from "./search";

const SECRET = "a secret of this test";
const TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJtYXJrZXIifQ.c2ln";
const REFRESH_TOKEN = Buffer.from([1, ...Array(53).fill(171)]).toString("base64url");

const before = process.env.LATCHKEY_EVIDENCE;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-search-"));
  process.env.LATCHKEY_EVIDENCE = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env.LATCHKEY_EVIDENCE;
  else process.env.LATCHKEY_EVIDENCE = before;
  rmSync(folder, { recursive: true });
});

const findings = async () => (await searchEvidence(folder)).findings;

// bar 152
test("what was collected is counted, and what is clean has no findings", async () => {
  willBeSecret(SECRET, "short");
  const line = '{"event":"authn_login_success","sessionId":"zW9bEAwX1Qb3p4d5e6f7gA"}\n';
  newLogKeeper()(line);
  keepDump('{"password_hash":"$2b$10$…"}');
  await migratedFile();
  expect(await searchEvidence(folder)).toEqual({
    logs: 1,
    logBytes: line.length,
    files: 1,
    dumps: 1,
    secrets: 1,
    findings: [],
  });
});

// bar 152
test.each([
  SECRET,
  SECRET.replaceAll(" ", "+"),
  encodeURIComponent(SECRET),
  Buffer.from(SECRET).toString("base64"),
  TOKEN,
  REFRESH_TOKEN,
  `$2b$10$${"a".repeat(53)}`,
  "__Host-refresh_token=x",
  "postgresql://a:b@c",
])("'%s' is found in a log", async (planted) => {
  willBeSecret(SECRET);
  newLogKeeper()(`{"event":"bug","text":"${planted}"}\n`);
  expect(await findings()).toHaveLength(1);
});

// bar 152
test.each([SECRET, TOKEN, REFRESH_TOKEN])("'%s' is found in a database", async (planted) => {
  willBeSecret(SECRET);
  keepDump(`{"name":"${planted}"}`);
  expect(await findings()).toHaveLength(1);
  const { url } = await migratedFile();
  await tamper(
    url,
    `CREATE TABLE kept (a TEXT, b TEXT); INSERT INTO kept VALUES ('before', '${planted}')`,
  );
  expect((await findings()).length).toBeGreaterThan(1);
});
