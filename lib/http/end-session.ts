import { endOwnSession } from "@/lib/auth/sessions";
import { empty } from "./answer";
import type { Call } from "./call";
import { clearSession } from "./cookies";
import { sessionOf } from "./session-of";

/** Ends the session that the path names. Ending one's own current session is signing out. */
export async function endSessionById(call: Call): Promise<Response> {
  await call.body();
  const caller = await sessionOf(call);
  const { id = "" } = call.params;
  await endOwnSession(caller, id, call.context);
  const isOwn = id === caller.session.id;
  if (isOwn && caller.session.transport === "cookie") clearSession(call.jar);
  return empty(204);
}
