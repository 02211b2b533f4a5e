import { AuthError } from "@/lib/auth/errors";

/** When a caller may try again. Whole seconds. */
const RETRY_AFTER_SECONDS = 1;

/**
 * Runs what asks the database. The one place that tells a database that cannot answer from a bug.
 *
 * @throws AuthError unavailable, with the driver's error as its cause; a bug is thrown on as it is.
 */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new AuthError("unavailable", { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

/** What Prisma's adapters call a failure that they recognise. */
const KINDS: readonly unknown[] = [
  "AuthenticationFailed",
  "ConnectionClosed",
  "DatabaseAccessDenied",
  "DatabaseDoesNotExist",
  "DatabaseNotReachable",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "TransactionWriteConflict",
];

/**
 * The codes of failures that pass: of the network (`E…`), of TLS, of SQLite, and of PostgreSQL, by class or one by one:
 * connection, who may connect, resources, operator and system; a database that is not there, statement and lock timeout,
 * deadlock, serialization, a standby, idle in transaction, a database that takes no connections.
 *
 * @see PostgreSQL, appendix A "Error Codes"; SQLite, "Result and Error Codes"
 */
const CODES = [
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES)$/,
  /^(\w*CERT\w*|CRL_\w+|UNABLE_TO_\w+|INVALID_CA|HOSTNAME_MISMATCH|ERR_TLS_\w+)$/,
  /^SQLITE_(BUSY|CANTOPEN|CORRUPT|FULL|IOERR|LOCKED|NOMEM|NOTADB|PERM|PROTOCOL|READONLY)/,
  // Prisma: a transaction that could not begin, or was not done, in its time
  /^P2028$/,
  /^(08|28|53|58)\w{3}$|^57P\w{2}$|^(3D000|57014|55P03|40P01|40001|25006|25P03|55000)$/,
];

/** Failures that the drivers give no code. */
const MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|No connection to the database became free|The database fell silent|Cannot use a pool after|Client (has encountered a connection error|was closed)|The server does not support SSL|There was an error establishing an SSL|Cannot open database|The database connection is not open)/;

function isUnavailable(error: unknown): boolean {
  return reportsIn(error).some(
    ({ kind, code, originalCode, message }) =>
      KINDS.includes(kind) ||
      [code, originalCode].some((value) => CODES.some((pattern) => pattern.test(String(value)))) ||
      MESSAGES.test(String(message)),
  );
}

type Report = Readonly<Record<string, unknown>>;

/** The error and what it was made of: Prisma keeps the adapter's error in `meta`, the adapter the driver's in `cause`. */
function reportsIn(error: unknown): Report[] {
  if (typeof error !== "object" || error === null) return [];
  const report = error as Report;
  const meta = report.meta as Report | undefined;
  return [report, ...reportsIn(meta?.driverAdapterError), ...reportsIn(report.cause)];
}
