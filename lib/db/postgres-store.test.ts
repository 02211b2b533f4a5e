import pg from "pg";
import { inject } from "vitest";
import { storeContract } from "@/lib/auth/testing/store-contract";
import { openDatabase } from "./open";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";

storeContract("PostgreSQL", async () => {
  const server = postgresAt(inject("postgresUrl"));
  const url = await migratedDatabase(server);
  const { store, close } = await openDatabase(url);
  const aside = new pg.Pool({ connectionString: url });
  return {
    store,
    async disableUser(id) {
      await aside.query('UPDATE "user" SET disabled = TRUE WHERE id = $1', [id]);
    },
    async close() {
      await Promise.all([close(), aside.end()]);
      await server.stop();
    },
  };
});
