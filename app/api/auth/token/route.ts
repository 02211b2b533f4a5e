import { grantTokens } from "@/lib/http/grant";
import { route } from "@/lib/http/route";
import { parseFields, TokenFields } from "@/lib/http/schemas";

/** POST /api/auth/token: the OAuth 2.0 token endpoint for API clients. @see RFC 6749 section 4.3 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async (call) => grantTokens(call, parseFields(TokenFields, await call.body())),
});
