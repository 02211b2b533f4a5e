import { endOthers } from "@/lib/http/end-session";
import { form } from "@/lib/http/form";
import { route } from "@/lib/http/route";

/** POST /api/auth/sessions/end-others: ends all of the caller's sessions but the one that asks, by form. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: form({ page: "/dashboard", success: "/dashboard" }, endOthers),
});
