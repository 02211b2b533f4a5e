import { withDeadline } from "./deadline";
import type { World } from "./world";

interface Posting {
  /** Sent as JSON; undefined: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Then it is given up. */
  readonly limitMs: number;
  /** Gives it up earlier; null: nobody does. */
  readonly abort: AbortSignal | null;
}

/**
 * Posts to an endpoint of ours and reads the answer. Reading belongs to the time limit: a body that never ends is no
 * answer.
 *
 * @throws what `fetch` throws, and when it was given up
 */
export function post<T>(
  world: Pick<World, "after" | "send">,
  path: string,
  { body, headers, limitMs, abort }: Posting,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  return withDeadline(world, limitMs, abort, async (signal) => {
    const response = await world.send(path, {
      method: "POST",
      headers: { Accept: "application/json", ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal,
    });
    return read(response);
  });
}
