import "server-only";
import { headers } from "next/headers";
import { type FormMemory, NO_MEMORY, readFormMemory as readFrom } from "./form";

export type { FormMemory };

/** What was typed into the form that came back with this `?error=`; gone after 60 seconds. */
export async function readFormMemory(error: unknown): Promise<FormMemory> {
  return error === undefined ? NO_MEMORY : readFrom((await headers()).get("cookie"));
}
