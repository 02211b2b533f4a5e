import { migrate } from "@/prisma/migrate";
import type { TestServer } from "./postgres";

/** A new database with all tables and no row; its URL. It goes with the server. */
export async function migratedDatabase(server: TestServer): Promise<string> {
  const url = await server.createDatabase();
  await migrate(url);
  return url;
}
