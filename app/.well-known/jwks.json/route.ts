import { publicKeySet } from "@/lib/auth/keys";
import { route } from "@/lib/http/route";

/** GET /.well-known/jwks.json: the public keys of the access tokens, of all listed secrets. @see RFC 7517 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ context }) =>
    Response.json(publicKeySet(context.keys), {
      headers: { "Cache-Control": "public, max-age=300" },
    }),
});
