import { FILE_HEADERS } from "@/lib/http/security-headers";

/** One rule of `next.config.ts`, as a build writes it down. */
interface Rule {
  /** Of the paths that it concerns. */
  readonly regex: string;
  readonly headers?: readonly { readonly key: string; readonly value: string }[];
  readonly has?: unknown;
  readonly missing?: unknown;
}

/** What `.next/routes-manifest.json` says of `next.config.ts`. */
export interface PageRules {
  readonly headers: readonly Rule[];
  readonly redirects: readonly Rule[];
  readonly rewrites: { readonly beforeFiles: readonly Rule[] };
}

/**
 * Whether `next.config.ts` wants nothing of this path that Next's server alone would do: no redirect, no rewrite before
 * files, no headers but our own of files. Rewrites after files concern no page that there is.
 */
export function isUnruled(path: string, { headers, redirects, rewrites }: PageRules): boolean {
  const concerns = ({ regex }: Rule) => new RegExp(regex).test(path);
  const isMoved = [...redirects, ...rewrites.beforeFiles].some(concerns);
  return !isMoved && headers.filter(concerns).every(isOfFiles);
}

function isOfFiles({ headers = [], has, missing }: Rule): boolean {
  const table = Object.entries(FILE_HEADERS);
  const isOurs = ({ key, value }: { key: string; value: string }) =>
    table.some(([name, own]) => name === key && own === value);
  return (has ?? missing) === undefined && headers.every(isOurs);
}
