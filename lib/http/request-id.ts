import { randomUUID } from "node:crypto";

/** The id of a request: the caller's own if it is harmless, so that two logs can be laid together, else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}
