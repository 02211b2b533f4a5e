import { instruments } from "./instruments";
import { routePattern } from "./route-pattern";

/** One request and what became of it. The path without its query. */
interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Counts a request under the pattern of its path, so that no caller can make up a series. */
export function countRequest({ method, path, status, milliseconds }: Answered): void {
  const { requests, requestSeconds } = instruments();
  const labels = {
    route: routePattern(path),
    method: METHODS.includes(method) ? method : "other",
  };
  requests.inc({ ...labels, status });
  requestSeconds.observe(labels, milliseconds / 1000);
}
