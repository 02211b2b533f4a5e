import { expect, test } from "vitest";
import { checkBuild, checkNode } from "./machine";

test.each([
  ["20.18.3", "problem"],
  ["20.19.0", "ok"],
  ["20.20.2", "ok"],
  ["22.0.0", "ok"],
  ["9.99.99", "problem"],
])("Node.js %s where 20.19 is needed: %s", (version, status) => {
  expect(checkNode(version, ">=20.19")).toMatchObject({ name: "node", status });
});

test.each([
  [true, true, "ok", "npm start"],
  [false, true, "warning", "npm start"],
  [true, false, "ok", "There is one."],
  [false, false, "problem", "nothing that it could be made of"],
])("a build: %s, sources: %s, so %s", (isThere, hasSources, status, words) => {
  const detail = expect.stringContaining(words);
  expect(checkBuild(isThere, hasSources)).toEqual({ name: "build", status, detail });
});
