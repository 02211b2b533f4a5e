import { askBare } from "./bare";

/** What a table takes on the disk, in bytes of whole pages. */
export interface Storage {
  readonly rows: number;
  readonly indexes: number;
}

/** Reads every page of a SQLite file: a second for some hundred megabytes. */
export async function storageOf(url: string, table: string): Promise<Storage> {
  const [found] = await askBare(
    url,
    url.startsWith("file:")
      ? `SELECT SUM(pgsize) FILTER (WHERE type = 'table') AS rows, SUM(pgsize) FILTER (WHERE type = 'index') AS indexes
         FROM dbstat JOIN sqlite_master USING (name) WHERE tbl_name = '${table}'`
      : `SELECT pg_table_size('${table}') AS rows, pg_indexes_size('${table}') AS indexes`,
  );
  return { rows: Number(found?.rows), indexes: Number(found?.indexes) };
}

/** Columns of a table that its indexes look at; of SQLite's not those of a condition. */
export async function indexedColumns(url: string, table: string): Promise<readonly string[]> {
  const found = await askBare(
    url,
    url.startsWith("file:")
      ? `SELECT DISTINCT each.name FROM pragma_index_list('${table}') AS list, pragma_index_info(list.name) AS each`
      : `SELECT DISTINCT attname AS name FROM pg_index JOIN pg_attribute ON attrelid = indrelid
         WHERE indrelid = '"${table}"'::regclass AND (attnum = ANY(indkey) OR EXISTS (
           SELECT FROM pg_depend WHERE objid = indexrelid AND refobjid = indrelid AND refobjsubid = attnum))`,
  );
  return found.map(({ name }) => String(name)).sort();
}

/** How many rows were updated in place of the row before, and how many at all; since PostgreSQL counts. */
export interface Updates {
  readonly inPlace: number;
  readonly all: number;
}

/** A connection's counts are there when it has been closed for a moment. */
export async function updatesOf(url: string, table: string): Promise<Updates> {
  const [found] = await askBare(
    url,
    `SELECT n_tup_hot_upd AS hot, n_tup_upd AS "all" FROM pg_stat_user_tables WHERE relname = '${table}'`,
  );
  return { inPlace: Number(found?.hot), all: Number(found?.all) };
}
