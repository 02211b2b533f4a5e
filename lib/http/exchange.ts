import { AsyncLocalStorage } from "node:async_hooks";
import { singleton } from "@/lib/singleton";

/**
 * What our own server knows of the connection, and what a page wants of the answer.
 * Absent under `next start` and on serverless hosts.
 */
export interface Exchange {
  /** The client's address in canonical form, or null where it cannot be told. */
  readonly clientAddress: string | null;
  /** A program on this machine asks for itself, as far as that can be told. */
  readonly isLocal?: boolean;
  /** Whether a body follows; unknown where this is absent. */
  readonly hasBody?: boolean;
  /** Stands in the answer, and in every line of the log that it causes. */
  readonly requestId: string;
  /**
   * The status a page asks for in place of 200: Next offers pages none. Heeded until the head of the answer is
   * written, so not below a `loading.tsx` or a `Suspense` boundary.
   */
  status: number | null;
}

/** The exchange that is being worked on, or null when the request did not come through our own server. */
export function currentExchange(): Exchange | null {
  return exchanges().getStore() ?? null;
}

/** Runs `work`, and everything it starts, as part of `exchange`. */
export function runExchange<T>(exchange: Exchange, work: () => T): T {
  return exchanges().run(exchange, work);
}

/** One for the process: our server, the pages and the handlers are separate module graphs. */
const exchanges = () => singleton("exchange", () => new AsyncLocalStorage<Exchange>());
