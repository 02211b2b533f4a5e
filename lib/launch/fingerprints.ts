import type { ServerResponse } from "node:http";

/**
 * Takes back the headers by which Next speaks of itself. Its browser side does without them: pages are linked as
 * documents, and what it asks for by itself has defaults. `Refresh` repeats a redirect for browsers that know no 308.
 */
export function removeFingerprints(response: ServerResponse): void {
  for (const name of response.getHeaderNames()) {
    if (/^(?:x-nextjs-|x-powered-by$|refresh$)/.test(name)) response.removeHeader(name);
  }
}
