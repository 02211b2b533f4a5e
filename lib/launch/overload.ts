import type { IncomingMessage } from "node:http";
import { PATHS } from "@/lib/contract";
import { passwordBacklog } from "@/lib/password/backlog";

/** What hashes a password whatever it is sent. The token endpoint is not here: it refreshes too. */
const HASHING_PATHS: readonly string[] = [PATHS.login, PATHS.register];

/**
 * Refuses in a tenth of a millisecond what would be refused anyway after the handler and the database have had their
 * work: in a storm of logins the refusals alone would occupy the event loop that everybody else needs.
 * Does NOT look at the request otherwise; a malformed one may be told that we are busy.
 *
 * @throws AuthError `unavailable`, after a moment
 */
export async function requireCapacity({ method, url = "" }: IncomingMessage): Promise<void> {
  const [path = ""] = url.split("?");
  if (method === "POST" && HASHING_PATHS.includes(path)) await passwordBacklog().requireRoom();
}
