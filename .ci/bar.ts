import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "@/lib/clock";
import { judgeRows, type Status, type Verdict } from "./bar-judge";
import type { Report } from "./bar-reports";
import { REQUIREMENTS, WAITING_FOR } from "./bar-rows";
import { findTags } from "./bar-tags";
import { runPart } from "./part";
import { provideBrowser } from "./provide-browser";
import { browserSuites, forgetReports, type Suite, unitSuites } from "./suites";

/**
 * `npm run bar`: which tests show which requirement, by the reports of the latest `npm test`. With `--run`, or where
 * there are none, it runs both suites first; with `--as-reported` never.
 *
 * Fails when a requirement is failing, missing or not run, when a tag belongs to no test or names no requirement, when
 * a test is newer than the reports, and when the README counts otherwise.
 */

const say = (line: string) => void process.stdout.write(`${line}\n`);
const problems: string[] = [];

const rooms = ["app", "lib", "prisma", "e2e", ".ci"].flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" })
    .map((path) => join(room, path).replaceAll("\\", "/"))
    .filter((path) => !path.includes("/generated/")),
);
const sources = [...readdirSync("."), ...rooms].filter((path) => /\.tsx?$/.test(path));
const found = sources.map((path) => findTags(path, readFileSync(path, "utf8")));
const tags = found.flatMap((each) => each.tags);
for (const { file, line } of found.flatMap((each) => each.strays)) {
  problems.push(`${file}:${line} is no tag of a test`);
}
for (const { rows, file, line } of tags) {
  const unknown = rows.filter((row) => !Object.hasOwn(REQUIREMENTS, row));
  if (unknown.length > 0)
    problems.push(`${file}:${line} names ${unknown}, which is no requirement`);
}

const reports = await latestReports();
const newer = [...new Set(tags.map(({ file }) => file))].filter((file) =>
  reports.some(
    ({ isEndToEnd, report }) =>
      isEndToEnd === file.startsWith("e2e/") &&
      report !== null &&
      statSync(file).mtimeMs > report.startedAt,
  ),
);
if (newer.length > 0) {
  problems.push(`newer than the reports (use --run, or npm test): ${newer.join(", ")}`);
}

const results = reports.flatMap(({ report }) => report?.results ?? []);
const verdicts = judgeRows(
  Object.keys(REQUIREMENTS),
  new Set(Object.keys(WAITING_FOR)),
  tags,
  results,
);
for (const verdict of verdicts) say(inWords(verdict));

const count = (status: Status) => verdicts.filter((each) => each.status === status).length;
for (const status of ["failing", "not run", "missing"] as const) {
  const rows = verdicts.filter((each) => each.status === status).map(({ row }) => row);
  if (rows.length > 0) problems.push(`${status}: ${rows.join(", ")}`);
}
const total = `${count("met")} met, ${count("not yet")} not yet, ${count("failing")} failing`;
if (!readFileSync("README.md", "utf8").includes(total)) {
  problems.push(`README.md does not say: ${total}`);
}
for (const { name, report } of reports) {
  if (report === null) problems.push(`no report of ${name}`);
  else say(`${name}: ${ageOf(report)}`);
}
for (const problem of problems) say(`! ${problem}`);
say(total);
process.exitCode = problems.length === 0 ? 0 : 1;

type Reported = Suite & { readonly report: Report | null };

async function latestReports(): Promise<readonly Reported[]> {
  const suites = [...unitSuites, ...browserSuites(await provideBrowser())];
  const read = () => suites.map((suite) => ({ ...suite, report: suite.read() }));
  const wanted = process.argv.includes("--run") || read().some(({ report }) => report === null);
  if (!wanted || process.argv.includes("--as-reported")) return read();
  forgetReports();
  for (const suite of suites) await runPart(suite);
  return read();
}

function inWords({ row, status, tests }: Verdict): string {
  const waitsFor = status === "not yet" ? ` (${WAITING_FOR[row]})` : "";
  const heading = `${row.padStart(4)}  ${status.padEnd(8)}  ${REQUIREMENTS[row]}${waitsFor}`;
  const lines = tests.map(({ file, line, title, outcome }) => {
    const remark = outcome === "passed" ? "" : `  [${outcome}]`;
    return `${" ".repeat(18)}${file}:${line} ${title ?? ""}${remark}`;
  });
  return [heading, ...lines].join("\n");
}

function ageOf({ startedAt }: Report): string {
  return `report of ${Math.round((systemClock.now() - startedAt) / 60_000)} minutes ago`;
}
