import { json } from "@/lib/http/answer";
import { route } from "@/lib/http/route";
import { sessionOf } from "@/lib/http/session-of";
import { wireUser } from "@/lib/http/wire";

/** GET /api/users/me: who the access token speaks for. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (call) => json(wireUser((await sessionOf(call)).user)),
});
