import { json } from "@/lib/http/answer";
import { route } from "@/lib/http/route";

/** GET /api/health/live: the process answers. Asks no database. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => json({ status: "ok" }),
});
