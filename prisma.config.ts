import { defineConfig } from "prisma/config";
import { databaseUrl } from "./prisma/database-url";
import { providerOf } from "./prisma/providers";

// For the Prisma CLI (`npx prisma migrate status`, `studio`, ...). Latchkey itself reads none of this.
const url = databaseUrl();
const provider = providerOf(url);

export default defineConfig({
  // The second is derived from the first by `npm run generate`.
  schema: provider === "sqlite" ? "prisma/schema.prisma" : "lib/db/generated/postgresql.prisma",
  migrations: { path: `prisma/migrations/${provider}` },
  datasource: { url },
});
