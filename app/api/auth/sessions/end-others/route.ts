import { endOtherSessions } from "@/lib/auth/sessions";
import { empty } from "@/lib/http/answer";
import { form } from "@/lib/http/form";
import { route } from "@/lib/http/route";
import { sessionOf } from "@/lib/http/session-of";

/** POST /api/auth/sessions/end-others: ends all of the caller's sessions but the one that asks, by form. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: form({ page: "/dashboard", success: "/dashboard" }, async (call) => {
    await call.body();
    await endOtherSessions(await sessionOf(call), call.context);
    return empty(204);
  }),
});
