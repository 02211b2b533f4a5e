import { readJson } from "./answer";
import type { SessionKeeper } from "./session-keeper";
import type { World } from "./world";

/**
 * `fetch` for pages: a request that is refused because its access token is missing or no longer good has the session
 * renewed and is sent once more, body and all. Every other answer is the caller's as it is, and so is the refusal
 * when the session could not be renewed: nothing is invented.
 *
 * Left alone: requests to other origins, without cookies, or with an `Authorization` header of the caller's own,
 * whose token is not ours to renew.
 *
 * @throws what `fetch` throws
 */
export async function sessionFetch(
  world: Pick<World, "send" | "baseUrl" | "readHint">,
  keeper: Pick<SessionKeeper, "renewFor">,
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input, world.baseUrl());
  if (url.origin !== new URL(world.baseUrl()).origin) return world.send(input, init);
  const request = new Request(input instanceof Request ? input : url, init);
  if (request.credentials === "omit" || request.headers.has("Authorization")) {
    return world.send(request);
  }

  const again = request.clone();
  const hint = world.readHint();
  const response = await world.send(request);
  if (!(await wantsToken(response))) return response;
  return (await keeper.renewFor(hint)) ? world.send(again) : response;
}

async function wantsToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  try {
    const { error } = Object(await readJson(response.clone())) as { readonly error?: unknown };
    return error === "invalid_token" || error === "missing_token";
  } catch {
    return false;
  }
}
