import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome, type Part, runPart } from "./part";
import { provideBrowser } from "./provide-browser";
import { providePostgres } from "./provide-postgres";
import { browserSuites, forgetReports, tool, unitSuites } from "./suites";
import type { Tally } from "./tally";

/**
 * `npm test`: everything that must hold, in one run that stops at nothing, asks nothing and leaves nothing out.
 * What could not be provided (a browser, PostgreSQL) counts as failed. The last line is `N passed, N failed`:
 * one for each part, one for each test; a test that must hold on each database counts on each.
 */

const node = (script: string, ...args: string[]) =>
  [process.execPath, "--import", "tsx", script, ...args] as const;

forgetReports();
const browser = await provideBrowser();
const evidence = mkdtempSync(join(tmpdir(), "latchkey-evidence-"));
process.env.LATCHKEY_EVIDENCE = evidence;
const postgres = await providePostgres();

interface Check extends Part {
  /** How many tests it ran, for a part that runs tests. */
  readonly tally?: () => Tally;
}

const checks: readonly Check[] = [
  { name: "database clients", commands: [node("prisma/generate.ts")], limitMinutes: 2 },
  { name: "migrations", commands: [node("prisma/migrate.ts", "--check")], limitMinutes: 2 },
  { name: "format and lint", commands: [tool("biome", "check", ".")], limitMinutes: 2 },
  {
    name: "types",
    commands: [tool("next", "typegen"), tool("tsc", "--noEmit")],
    limitMinutes: 3,
  },
  { name: "dead code", commands: [tool("knip")], limitMinutes: 2 },
  ...unitSuites,
  { name: "build", commands: [node("lib/launch/build-command.ts")], limitMinutes: 4 },
  ...browserSuites(browser),
  { name: "secrets", commands: [node(".ci/secrets.ts", evidence)], limitMinutes: 3 },
  { name: "bar", commands: [node(".ci/bar.ts", "--as-reported")], limitMinutes: 2 },
];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const lines: string[] = [];
let passed = 0;
let failed = 0;

for (const check of checks) {
  say(`\n=== ${check.name}`);
  const { ok, seconds, remark }: Outcome = await runPart(check);
  const tests = check.tally?.() ?? { passed: 0, failed: 0 };
  passed += tests.passed + (ok ? 1 : 0);
  failed += tests.failed + (ok ? 0 : 1);
  const counts = check.tally ? `${tests.passed} passed, ${tests.failed} failed` : "";
  const columns = [
    check.name.padEnd(24),
    ok ? "passed" : "FAILED",
    `${seconds.toFixed(1)} s`.padStart(8),
  ];
  lines.push([...columns, counts || remark || ""].join("  ").trimEnd());
}
rmSync(evidence, { recursive: true });
if (!(postgres instanceof Error)) await postgres.stop();

say(`\n=== all of it\n${lines.join("\n")}`);
if (browser === null) {
  say("There is no Chromium: install one or set CHROMIUM_PATH. Nothing was tested end to end.");
}
if (postgres instanceof Error) {
  say(`There is no PostgreSQL, so nothing was tested on it: ${postgres.message}`);
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
