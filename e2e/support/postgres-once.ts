import { startPostgres } from "@/lib/db/testing/postgres";

/** One PostgreSQL for all tests of a run. Where there is none, those that need it fail and say why; the others run. */
export default async function postgresOnce(): Promise<(() => Promise<void>) | undefined> {
  try {
    const server = await startPostgres();
    process.env.TEST_POSTGRES_URL = server.url;
    return server.stop;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}
