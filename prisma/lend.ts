import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQueryable,
} from "@prisma/driver-adapter-utils";

/**
 * Lends one open connection to the schema engine, for whatever it thinks it connects to; the engine cannot close it.
 *
 * @param runScript runs several statements; the engine sends such also where one is expected.
 */
export function lend(
  connection: SqlQueryable,
  runScript: (script: string) => Promise<unknown>,
): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = connection;
  const lent: SqlDriverAdapter = {
    provider,
    adapterName,
    queryRaw: (query) => connection.queryRaw(query),
    async executeRaw(query) {
      if (query.args.length > 0) return connection.executeRaw(query);
      await runScript(query.sql);
      return 0;
    },
    async executeScript(script) {
      await runScript(script);
    },
    async startTransaction() {
      throw new Error("The schema engine works inside a transaction that is not its own.");
    },
    async dispose() {},
  };
  const connect = async () => lent;
  return { provider, adapterName, connect, connectToShadowDb: connect };
}
