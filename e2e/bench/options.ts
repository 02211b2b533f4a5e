import { parseArgs } from "node:util";
import { KINDS, type Kind } from "./contestant";

/** What `npm run bench -- …` may say. */
export interface Options {
  readonly kinds: readonly Kind[];
  readonly rounds: number;
  /** Also measure what a storm of logins does to the others. */
  readonly storm: boolean;
  /** A file for everything that was measured. */
  readonly json: string | null;
}

const ROUNDS = 5;

const USAGE = `npm run bench -- [--only ${KINDS.join(",")},storm] [--rounds ${ROUNDS}] [--json file]`;

/** @throws Error for what is not among them */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, rounds: { type: "string" }, json: { type: "string" } },
  });
  const chosen = values.only?.split(",") ?? [...KINDS, "storm"];
  const unknown = chosen.filter((each) => each !== "storm" && !KINDS.some((kind) => kind === each));
  const rounds = Number(values.rounds ?? ROUNDS);
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(" and no ")}: ${USAGE}`);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`How many rounds? ${USAGE}`);
  return {
    kinds: KINDS.filter((kind) => chosen.includes(kind)),
    rounds,
    storm: chosen.includes("storm"),
    json: values.json ?? null,
  };
}
