import "server-only";
import { headers } from "next/headers";
import { type FormMemory, readFormMemory as readFrom } from "./form";

export type { FormMemory };

/** What was typed into the form that came back with an error; gone after 60 seconds. */
export async function readFormMemory(): Promise<FormMemory> {
  return readFrom((await headers()).get("cookie"));
}
