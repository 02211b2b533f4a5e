import { endSessionById } from "@/lib/http/end-session";
import { route } from "@/lib/http/route";

/** DELETE /api/auth/sessions/{id}: ends one of the caller's own sessions. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ DELETE: endSessionById });
