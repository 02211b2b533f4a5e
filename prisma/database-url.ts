import { existsSync } from "node:fs";

/** The `DATABASE_URL` of the commands in this directory, which need no other setting; README, "Settings". */
export function databaseUrl(): string {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env.DATABASE_URL || "file:./.data/latchkey.db";
}
