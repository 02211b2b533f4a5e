import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { SECURITY_EVENTS } from "@/lib/auth/security-event";
import { isProtectedPath } from "@/lib/http/protected-path";
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

/** The path of a page's file without its groups: `app/(public)/login/page.tsx` is `/login`. */
const pathOf = (file: string) =>
  file.replaceAll("\\", "/").replace(/^app|\/\([^)]*\)|\/page\.tsx$/g, "") || "/";
const isMatched = (path: string) =>
  config.matcher.some(({ source }) => RegExp(`^${source}$`).test(path));

test("proxy.ts stands before every page, and before no handler and no file", () => {
  const pages = matching(/^app\/.*page\.tsx$/).map(pathOf);
  expect(pages).toContain("/login");
  const others = ["/api", "/api/users/me", "/.well-known/jwks.json", "/_next/static/x.js"];
  const files = readdirSync("public").map((file) => `/${file}`);
  expect([...pages, "/nope", "/apiary", "/favicon.ico"].filter((path) => !isMatched(path))).toEqual(
    [],
  );
  expect([...others, ...files, "/icon.svg"].filter(isMatched)).toEqual([]);
});

test("proxy.ts gates every protected page and no other", () => {
  const pages = matching(/^app\/.*page\.tsx$/);
  const isInside = (file: string) => file.replaceAll("\\", "/").startsWith("app/(protected)/");
  const gated = pages.filter((file) => isProtectedPath(pathOf(file)));
  expect(gated).toEqual(pages.filter(isInside));
  expect(["/", "/dashboards", "/x/dashboard"].filter(isProtectedPath)).toEqual([]);
});

test("every answer of a handler is made in one place, which gives it its headers", () => {
  const makers = matching(/^(?:app|lib)\/.*\.tsx?$/)
    .filter((path) => !/\.test\.ts$|[\\/]testing[\\/]/.test(path))
    .filter((path) => /\bnew Response\(|\bResponse\.json\(/.test(readFileSync(path, "utf8")));
  // `route` takes the body off an answer to HEAD
  expect(makers).toEqual([join("lib", "http", "answer.ts"), join("lib", "http", "route.ts")]);
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

// bar 111
test("Next is of a release without its known holes", () => {
  const { version } = JSON.parse(readFileSync("node_modules/next/package.json", "utf8"));
  const [major, minor, patch] = version.split(".").map(Number);
  expect(major * 1e6 + minor * 1e3 + patch, version).toBeGreaterThanOrEqual(16_003_003);
});

test("no page of a kind whose head is sent before the page has decided its status", () => {
  expect(matching(/^app\/.*\/?loading\.tsx$/)).toEqual([]);
});

// bar 151
test("every security event is explained to the operator", () => {
  const page = readFileSync("OPERATION.md", "utf8");
  expect(SECURITY_EVENTS.filter((event) => !page.includes(`\n| \`${event}\` |`))).toEqual([]);
});
