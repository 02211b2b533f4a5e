import { openBare } from "./bare";

const TABLES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table'",
  postgresql:
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
} as const;

/** Every table of a database, one JSON line a row; of columns that hold bytes, the bytes as text. */
export async function dumpOf(url: string): Promise<string> {
  const bare = await openBare(url);
  try {
    const lines: string[] = [];
    for (const { name } of await bare.rows(TABLES[bare.provider])) {
      const rows = await bare.rows(`SELECT * FROM "${name}"`);
      lines.push(...rows.map((row) => JSON.stringify(row)));
    }
    return lines.join("\n");
  } finally {
    await bare.close();
  }
}
