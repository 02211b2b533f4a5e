import { generate } from "@/prisma/generate";
import { notice } from "./announce";

/**
 * Makes the database clients where there are none yet of this model. For sources that are run as they are; in a bundle,
 * which is made after that, `prepared-code.ts` stands in the place of this file.
 */
export async function prepareCode(): Promise<void> {
  if (await generate()) notice("Generated the database clients.");
}
