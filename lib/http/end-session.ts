import { endOtherSessions, endOwnSession } from "@/lib/auth/sessions";
import { type Answer, empty } from "./answer";
import type { Call } from "./call";
import { clearSession } from "./cookies";
import { sessionOf } from "./session-of";

/** Ends the session that the path names. Ending one's own current session is signing out. */
export async function endSessionById(call: Call): Promise<Answer> {
  await refuseOddBody(call);
  const caller = await sessionOf(call);
  const { id = "" } = call.params;
  await endOwnSession(caller, id, call.context);
  const isOwn = id === caller.session.id;
  if (isOwn && caller.session.transport === "cookie") clearSession(call.jar);
  return empty(204);
}

/** Ends all of the caller's sessions but the one that asks. */
export async function endOthers(call: Call): Promise<Answer> {
  await refuseOddBody(call);
  await endOtherSessions(await sessionOf(call), call.context);
  return empty(204);
}

/** Nothing in a body is of interest here, but one that no endpoint takes is refused before anything is done. */
async function refuseOddBody(call: Call): Promise<void> {
  await call.body();
}
