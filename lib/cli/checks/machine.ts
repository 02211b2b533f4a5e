import { existsSync } from "node:fs";
import { LANE_FILE } from "@/lib/launch/built.mjs";
import { engines } from "../../../package.json";
import { type Check, ok, problem, warning } from "./check";

/** What a clone has, and a standalone folder, which is never built anew, has not. */
const SOURCE = "server.ts";

/** The program around us: Node's version, and whether this folder holds what a build makes last. */
export function checkMachine(): readonly Check[] {
  return [
    checkNode(process.versions.node, engines.node),
    checkBuild(existsSync(LANE_FILE), existsSync(SOURCE)),
  ];
}

/** @param hasSources whether `npm start` can build here */
export function checkBuild(isThere: boolean, hasSources: boolean): Check {
  if (!hasSources) {
    return isThere
      ? ok("build", "There is one.")
      : problem("build", "There is none in this folder, and nothing that it could be made of.");
  }
  return isThere
    ? ok("build", "There is one; `npm start` makes it anew when the sources changed.")
    : warning("build", "There is none in this folder: `npm start` makes it.");
}

/** @param range `>=` and a version, as in package.json */
export function checkNode(version: string, range: string): Check {
  const isEnough = rankOf(version) >= rankOf(range.replace(/^>=/, ""));
  const detail = `Node.js ${version}; needed is ${range}.`;
  return isEnough ? ok("node", detail) : problem("node", detail);
}

function rankOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}
