import { isAuthError } from "@/lib/auth/errors";
import { refresh } from "@/lib/auth/refresh";
import { readAttempt, readRefreshToken } from "@/lib/http/credentials";
import { handOver, takeBack } from "@/lib/http/hand-over";
import { route } from "@/lib/http/route";
import { parseFields, RefreshFields } from "@/lib/http/schemas";

/** POST /api/auth/refresh: rotates the refresh token and answers the way the session was opened. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async (call) => {
    const { refresh_token } = parseFields(RefreshFields, await call.body());
    const shown = readRefreshToken(call.request, refresh_token);
    const attempt = readAttempt(call.request);
    try {
      const { ip } = call.client;
      return handOver(call, await refresh({ ...shown, attempt, ip }, call.context), shown.channel);
    } catch (error) {
      if (isAuthError(error) && shown.channel === "cookie") takeBack(call, error);
      throw error;
    }
  },
});
