import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What the test files are about, and so on what they run:
 *
 * - `each database`: they ask for the database of their run, so they run on SQLite and once more on PostgreSQL;
 * - `SQLite alone`: the same, but named `*.sqlite.test.ts`, for what only a file does or suffers;
 * - `databases`: those of `lib/db` and `prisma` that name the databases they are about; once;
 * - `no database`: all others; once. What asks for a database all the same fails.
 */
export type Group = "each database" | "SQLite alone" | "databases" | "no database";

/** The functions that give a test the database of its run. */
const ASKS = /\b(?:embeddedApp|realWorld|ownDatabase)\(/;

/** @param file its path from the project on, with forward slashes */
export function groupOf(file: string, source: string): Group {
  if (file.endsWith(".sqlite.test.ts")) return "SQLite alone";
  if (ASKS.test(source)) return "each database";
  return /^(?:lib\/db|prisma)\//.test(file) ? "databases" : "no database";
}

const ROOMS = ["app", "lib", "prisma", ".ci"];

/** The test files of the project by what they are about. */
export function testGroups(root: string): Readonly<Record<Group, readonly string[]>> {
  const inRooms = ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((path) =>
      join(room, path).replaceAll("\\", "/"),
    ),
  );
  const files = [...readdirSync(root), ...inRooms].filter((path) => /\.test\.tsx?$/.test(path));
  const groups: Record<Group, string[]> = {
    "each database": [],
    "SQLite alone": [],
    databases: [],
    "no database": [],
  };
  for (const file of files)
    groups[groupOf(file, readFileSync(join(root, file), "utf8"))].push(file);
  return groups;
}
