import { startPostgres, type TestServer, withPostgres } from "@/lib/db/testing/postgres";

/** One PostgreSQL for all suites, as if `TEST_POSTGRES_URL` had named it; why there is none, where there is none. */
export async function providePostgres(): Promise<TestServer | Error> {
  try {
    const server = await startPostgres();
    await withPostgres(server.url, (client) => client.query("SELECT 1"));
    process.env.TEST_POSTGRES_URL = server.url;
    return server;
  } catch (error) {
    return error as Error;
  }
}
