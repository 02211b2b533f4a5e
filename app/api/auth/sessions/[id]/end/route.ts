import { endSessionById } from "@/lib/http/end-session";
import { form } from "@/lib/http/form";
import { route } from "@/lib/http/route";

/** POST /api/auth/sessions/{id}/end: ends one of the caller's own sessions, by form. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: form({ page: "/dashboard", success: "/dashboard" }, endSessionById),
});
