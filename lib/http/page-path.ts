/**
 * Request header by which `proxy.ts` tells a page its own path and query: a Server Component cannot ask for them.
 * Overwritten on every request that the proxy sees; whoever reads it passes it through `safeNext`.
 */
export const PAGE_PATH_HEADER = "x-page-path";
