import { readFile } from "node:fs/promises";

/** The databases Latchkey runs on, by the names Prisma gives them. */
export const PROVIDERS = ["sqlite", "postgresql"] as const;
export type Provider = (typeof PROVIDERS)[number];

const MODEL = new URL("schema.prisma", import.meta.url);

/**
 * The schema of one provider: the model of `schema.prisma`, whose generator writes to `<provider>` beside it.
 *
 * @throws Error when `schema.prisma` no longer holds the two lines that differ between the providers.
 */
export async function schemaFor(provider: Provider): Promise<string> {
  const model = await readFile(MODEL, "utf8");
  const schema = model
    .replace(/^(\s*output\s*=\s*)".*"$/m, `$1"./${provider}"`)
    .replace(/^(\s*provider\s*=\s*)"sqlite"$/m, `$1"${provider}"`);
  if (schema.includes(`"./${provider}"`) && schema.includes(`= "${provider}"`)) return schema;
  throw new Error("prisma/schema.prisma has no generator output or no datasource provider sqlite.");
}

/** The provider of a `DATABASE_URL`: `file:` is SQLite, `postgresql:` and `postgres:` are PostgreSQL. */
export function providerOf(databaseUrl: string): Provider {
  if (databaseUrl.startsWith("file:")) return "sqlite";
  if (/^postgres(ql)?:/.test(databaseUrl)) return "postgresql";
  throw new Error("DATABASE_URL must start with file:, postgresql: or postgres:.");
}
