import { AuthError } from "@/lib/auth/errors";
import { errorAnswer, json } from "@/lib/http/answer";
import { isDraining } from "@/lib/http/draining";
import { route } from "@/lib/http/route";

/** GET /api/health/ready: the database answers too; 503 while it does not, and once the server stops. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ context }) => {
    // answered and not thrown: nothing is wrong that the log should tell
    if (isDraining()) return errorAnswer(new AuthError("unavailable"));
    await context.store.ping();
    return json({ status: "ok" });
  },
});
