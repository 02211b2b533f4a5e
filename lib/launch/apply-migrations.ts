/** For sources that are run as they are; in a bundle `apply-migrations-aside.ts` stands in the place of this file. */
export { migrate as applyMigrations } from "@/prisma/migrate";
