import type { ServerOptions } from "node:http";

/**
 * How long and how large a request may be, before anything of ours looks at it. Milliseconds and bytes.
 * Node's own answers: 408, 431, and 400 with `Connection: close` for what is no HTTP.
 */
export const SERVER_LIMITS = {
  /** A browser sends a head in one packet; who takes longer holds connections open on purpose. */
  headersTimeout: 10_000,
  /** Head and body together: 16 KiB over the slowest of networks. */
  requestTimeout: 20_000,
  /** Node looks for the two above only this often, by default every 30 seconds. */
  connectionsCheckingInterval: 2_000,
  /** Longer than the 60 seconds after which the usual proxies close an idle connection, so they close first. */
  keepAliveTimeout: 65_000,
  /** The name, not a change: bearer token, cookies and a long `next` together stay far below. */
  maxHeaderSize: 16 * 1024,
  requireHostHeader: true,
  insecureHTTPParser: false,
} as const satisfies ServerOptions;

/** The times above, which a test may shorten. */
export type Patience = Partial<
  Record<"headersTimeout" | "requestTimeout" | "connectionsCheckingInterval", number>
>;

/** A connection on which no byte moves either way is cut: who reads an answer this slowly does not read it. */
export const SILENCE_MILLISECONDS = 60_000;

/**
 * The most of a body that anything may take in. Handlers stop at 16 KiB by themselves and say so in their own order
 * of checks; this is for one that forgets. Above what Node reads ahead (two chunks of 64 KiB) while nobody reads.
 */
export const SWALLOWED_BODY_BYTES = 256 * 1024;
