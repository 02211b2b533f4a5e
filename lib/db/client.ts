import type { PrismaClient } from "./generated/sqlite/client";

/**
 * The Prisma client of either database: both are generated from one model, so the types of one serve for the other.
 * `Prisma.sql` comes from here too; it is the same in both.
 */
export type Client = PrismaClient;
export type { Session as SessionRow, User as UserRow } from "./generated/sqlite/client";
export { Prisma } from "./generated/sqlite/client";
