import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { SECURITY_EVENTS } from "@/lib/auth/security-event";
import { config } from "@/proxy";

/** What the linter cannot say: which files there may be, and what some of them must look like. */

const ROOMS = ["app", "lib", "prisma", "e2e", ".ci"];

const files = ROOMS.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: "utf8" }).map((path) => join(room, path)),
).filter((path) => /\.tsx?$/.test(path) && !path.startsWith(join("lib", "db", "generated")));

const matching = (pattern: RegExp) =>
  files.filter((path) => pattern.test(path.replaceAll("\\", "/")));
const linesOf = (path: string) => readFileSync(path, "utf8").split("\n").length - 1;

test("a thing lives beside what makes it: no drawers, no barrels", () => {
  const drawers = /^(?:utils?|helpers?|types?|constants?|common|shared|misc|index)\.tsx?$/;
  expect(files.filter((path) => drawers.test(basename(path)))).toEqual([]);
});

test("every protected page is made by protectedPage", () => {
  const pages = matching(/^app\/\(protected\)\/.*\/page\.tsx$/);
  expect(pages).not.toEqual([]);
  const bare = pages.filter(
    (path) => !/^export default protectedPage\(/m.test(readFileSync(path, "utf8")),
  );
  expect(bare).toEqual([]);
});

test("proxy.ts stands before every protected page", () => {
  const paths = matching(/^app\/\(protected\)\/.*\/page\.tsx$/).map((path) =>
    path.replaceAll("\\", "/").replace(/^app\/\(protected\)|\/page\.tsx$/g, ""),
  );
  const gates = config.matcher.map((pattern) => pattern.replace("/:path*", ""));
  const open = paths.filter((path) => !gates.some((gate) => `${path}/`.startsWith(`${gate}/`)));
  expect(open).toEqual([]);
});

test("a route handler stays below 40 lines: parse, call, answer", () => {
  const handlers = matching(/^app\/.*\/route\.ts$/);
  expect(handlers).not.toEqual([]);
  expect(handlers.filter((path) => linesOf(path) >= 40)).toEqual([]);
});

test("every handler is made by route(), which keeps the rules of all of them", () => {
  const handlers = matching(/^app\/.*\/route\.ts$/);
  expect(handlers.filter((path) => !/\broute\(/.test(readFileSync(path, "utf8")))).toEqual([]);
});

test("no page of a kind whose head is sent before the page has decided its status", () => {
  expect(matching(/^app\/.*\/?loading\.tsx$/)).toEqual([]);
});

// bar 151
test("the README says of every security event when it is told", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(SECURITY_EVENTS.filter((event) => !readme.includes(`\n| \`${event}\` |`))).toEqual([]);
});
