import { availableParallelism } from "node:os";
import type { Client } from "./errand";

/** Connections that ask at once: enough that a server never waits for work. */
export const CONNECTIONS = 16;
/** Of login: one hashes on each core, and one waits to be next. */
export const LOGIN_CONNECTIONS = 2 * availableParallelism();

const NOBODY: Client = { cookies: {} };

/** So many whom no server knows. */
export const strangers = (count = CONNECTIONS): readonly Client[] =>
  Array.from({ length: count }, () => NOBODY);
