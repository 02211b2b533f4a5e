import { listSessions } from "@/lib/auth/sessions";
import { json } from "@/lib/http/answer";
import { endOthers } from "@/lib/http/end-session";
import { route } from "@/lib/http/route";
import { sessionOf } from "@/lib/http/session-of";
import { wireSession } from "@/lib/http/wire";

/** GET /api/auth/sessions: the caller's own live sessions. DELETE: ends all but the one that asks. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (call) => {
    const caller = await sessionOf(call);
    const sessions = await listSessions(caller, call.context);
    return json(sessions.map((session) => wireSession(session, caller.session.id)));
  },
  DELETE: endOthers,
});
