import { json } from "@/lib/http/answer";
import { route } from "@/lib/http/route";

/** GET /api/health/ready: the database answers too; 503 while it does not. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ context }) => {
    await context.store.ping();
    return json({ status: "ok" });
  },
});
