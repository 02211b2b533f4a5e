/**
 * `DATABASE_URL`, or the embedded database. The Prisma CLI reads this file by way of `prisma.config.ts`, outside of our
 * loaders: it imports nothing.
 */
export function databaseUrlOf(env: Readonly<Record<string, string | undefined>>): string {
  return env.DATABASE_URL || "file:./.data/latchkey.db";
}
