import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instructionsOf } from "../e2e/support/dockerfile";

/** What can be said of the image where no container engine is. */

const instructions = instructionsOf(readFileSync("Dockerfile", "utf8"));
const of = (name: string) =>
  instructions
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length + 1));
const linesOf = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

test("nothing that git does not keep gets into an image", () => {
  expect(linesOf(".dockerignore")).toEqual(expect.arrayContaining(linesOf(".gitignore")));
});

test("what is copied from the project is there, and not left out", () => {
  const sources = of("COPY")
    .filter((copy) => !copy.startsWith("--from="))
    .flatMap((copy) => copy.split(" ").slice(0, -1));
  expect(sources).toContain("package-lock.json");
  expect(sources.filter((source) => !existsSync(source))).toEqual([]);
  const leftOut = linesOf(".dockerignore").map((line) => line.replace(/\/$/, ""));
  expect(sources.filter((source) => leftOut.includes(source))).toEqual([]);
});

test("the image is of one Node throughout and runs as somebody who is not root", () => {
  const bases = of("FROM").flatMap((from) => /^node:[^ ]+/.exec(from) ?? []);
  expect(new Set(bases.map((base) => base.replace(/-slim$/, ""))).size).toBe(1);
  expect(of("USER").at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
});
