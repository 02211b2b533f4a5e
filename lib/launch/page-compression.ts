import type { IncomingMessage, ServerResponse } from "node:http";

type Wrap = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Compresses an answer if its client takes that, and its kind is worth it, by the very code by which Next's own server
 * does: an answer looks the same whoever sends it. To be called before the answer is begun.
 *
 * @param load `require` of a place from which Next is found
 */
export function pageCompression(load: NodeJS.Require): Wrap {
  type Middleware = (...args: [...Parameters<Wrap>, next: () => void]) => void;
  const compress = (load("next/dist/compiled/compression") as () => Middleware)();
  const { releaseCompressionStream: release } = load(
    "next/dist/server/lib/release-compression-stream",
  ) as { readonly releaseCompressionStream: (response: ServerResponse) => void };

  return (request, response) => {
    compress(request, response, () => {});
    response.once("close", () => {
      // a client that went away leaves a stream which no garbage collection would find
      if (!response.writableFinished) release(response);
    });
  };
}
