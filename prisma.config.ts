import { existsSync } from "node:fs";
import { defineConfig } from "prisma/config";
import { databaseUrlOf } from "./lib/settings/database-url";
import { providerOf } from "./prisma/providers";

// For the Prisma CLI (`npx prisma migrate status`, `studio`, ...). Latchkey itself reads none of this.
if (existsSync(".env")) process.loadEnvFile(".env");
const url = databaseUrlOf(process.env);
const provider = providerOf(url);

export default defineConfig({
  // The second is derived from the first by `npm run generate`.
  schema: provider === "sqlite" ? "prisma/schema.prisma" : "lib/db/generated/postgresql.prisma",
  migrations: { path: `prisma/migrations/${provider}` },
  datasource: { url },
});
