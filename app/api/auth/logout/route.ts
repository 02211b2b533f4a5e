import { logout } from "@/lib/auth/logout";
import { json } from "@/lib/http/answer";
import { clearSession } from "@/lib/http/cookies";
import { readAnyToken } from "@/lib/http/credentials";
import { form } from "@/lib/http/form";
import { route } from "@/lib/http/route";
import { LogoutFields, parseFields } from "@/lib/http/schemas";

/** POST /api/auth/logout: ends the sessions that the presented tokens belong to. Idempotent. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: form({ page: "/login", success: "/login?reason=signed_out" }, async (call) => {
    const { refresh_token, everywhere } = parseFields(LogoutFields, await call.body());
    const { channel, ...tokens } = readAnyToken(call.request, refresh_token);
    // cleared even if the database cannot confirm: who signs out at a borrowed machine walks away
    if (channel === "cookie") clearSession(call.jar);
    await logout({ ...tokens, everywhere }, call.context);
    return json({ message: "Successfully logged out" });
  }),
});
