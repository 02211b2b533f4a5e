import { AuthError } from "@/lib/auth/errors";
import { route } from "@/lib/http/route";

const notFound = async () => {
  throw new AuthError("not_found");
};

/** Everything else under /api: 404 in JSON, whatever the method. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: notFound,
  POST: notFound,
  PUT: notFound,
  PATCH: notFound,
  DELETE: notFound,
});
