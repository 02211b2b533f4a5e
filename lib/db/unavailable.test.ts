import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { expect, test } from "vitest";
import { AuthError } from "@/lib/auth/errors";
import { answered } from "./unavailable";

const failing = (error: unknown) => answered(() => Promise.reject(error));
const coded = (code: string) => Object.assign(new Error("of a driver"), { code });

/** A failure in the wrapping Prisma puts around what its adapter says. */
function fromPrisma(cause: ConstructorParameters<typeof DriverAdapterError>[0]): Error {
  const driverAdapterError = new DriverAdapterError(cause);
  return Object.assign(new Error("Raw query failed"), {
    code: "P2010",
    meta: { driverAdapterError },
  });
}

const postgres = (code: string) => {
  const unknown = { detail: undefined, column: undefined, hint: undefined };
  return fromPrisma({ kind: "postgres", code, severity: "ERROR", message: "", ...unknown });
};

const sqlite = (originalCode: string) =>
  fromPrisma({ kind: "sqlite", extendedCode: 1, message: "", originalCode });

test.each([
  ["nobody listens", coded("ECONNREFUSED")],
  ["the name does not resolve", coded("ENOTFOUND")],
  ["the connection broke", new Error("Connection terminated unexpectedly")],
  ["a connection takes too long", new Error("timeout exceeded when trying to connect")],
  ["the pool is exhausted", new Error("No connection to the database became free")],
  ["the server is silent", new Error("The database fell silent")],
  ["the server speaks no TLS", new Error("The server does not support SSL connections")],
  ["the server's certificate is not known", coded("DEPTH_ZERO_SELF_SIGNED_CERT")],
  ["the password is wrong", coded("28P01")],
  ["the database is not there", coded("3D000")],
  ["the server shuts down", postgres("57P01")],
  ["the server starts up", postgres("57P03")],
  ["the server has no connection left", fromPrisma({ kind: "TooManyConnections", cause: "" })],
  ["the statement takes too long", postgres("57014")],
  ["the disk is full", postgres("53100")],
  ["this is a standby", postgres("25006")],
  ["a deadlock", fromPrisma({ kind: "TransactionWriteConflict" })],
  ["SQLite is locked", fromPrisma({ kind: "SocketTimeout", originalCode: "SQLITE_BUSY" })],
  ["the disk under SQLite is full", sqlite("SQLITE_FULL")],
  ["a transaction found no time", coded("P2028")],
  ["the file cannot be opened", coded("SQLITE_CANTOPEN")],
  ["the file is read-only", sqlite("SQLITE_READONLY_DBMOVED")],
  ["the file cannot be read", sqlite("SQLITE_IOERR_READ")],
  ["the file is not a database", sqlite("SQLITE_NOTADB")],
])("%s: unavailable, with the cause for the log", async (_, error) => {
  await expect(failing(error)).rejects.toMatchObject({
    code: "unavailable",
    facts: { cause: error, retryAfterSeconds: 1 },
  });
});

test.each([
  ["a programming error", new TypeError("undefined is not a function")],
  ["wrong SQL", postgres("42601")],
  ["a missing table", fromPrisma({ kind: "TableDoesNotExist", table: "user" })],
  ["a violated constraint", fromPrisma({ kind: "ForeignKeyConstraintViolation" })],
  ["an expected failure", new AuthError("username_taken")],
  ["something that is no error", "a string"],
  ["nothing", undefined],
])("%s is thrown on as it is", async (_, error) => {
  await expect(failing(error)).rejects.toBe(error);
});
