import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { fileAt, pathOf } from "./sqlite-file";

/** What an operator wants to know of a SQLite file and where it lies. */
export interface SqliteFacts {
  readonly path: string;
  /** Null: there is no file yet. */
  readonly file: SqliteFileFacts | null;
  /** The folder, in which SQLite makes files beside the database; null: there is none yet. */
  readonly folder: {
    readonly isWritable: boolean;
    /** WAL needs shared memory, which file systems of other machines do not give. */
    readonly isRemote: boolean;
    readonly freeBytes: number;
  } | null;
}

interface SqliteFileFacts {
  /** `wal` once a server or a migration was here. */
  readonly journalMode: string;
  readonly bytes: number;
  /** Other users of the machine can read the hashes in it. */
  readonly isOpenToOthers: boolean;
}

/** NFS, CIFS, SMB 2; as Linux numbers them. */
const REMOTE_FILE_SYSTEMS = new Set([0x6969, 0xff534d42, 0xfe534d42]);
const OTHERS = 0o007;

/** Looks, and makes nothing. @throws what the driver throws of a file that is no database */
export async function sqliteFacts(url: string): Promise<SqliteFacts> {
  const path = resolve(pathOf(url));
  const folder = dirname(path);
  const system = await statfs(folder).catch(() => null);
  return {
    path,
    file: fileAt(path) === null ? null : await fileFacts(path),
    folder: system && {
      isWritable: await isWritable(folder),
      isRemote: REMOTE_FILE_SYSTEMS.has(system.type),
      freeBytes: system.bavail * system.bsize,
    },
  };
}

async function fileFacts(path: string): Promise<SqliteFileFacts> {
  const { size, mode } = await stat(path);
  const folderMode = (await stat(dirname(path))).mode;
  const connection = await new PrismaBetterSqlite3({ url: `file:${path}`, timeout: 0 }).connect();
  try {
    const sql = "PRAGMA journal_mode";
    const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
    const isOpenToOthers = (mode & folderMode & OTHERS) !== 0;
    return { journalMode: String(rows[0]?.[0]), bytes: size, isOpenToOthers };
  } finally {
    await connection.dispose();
  }
}

const isWritable = (folder: string) =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
