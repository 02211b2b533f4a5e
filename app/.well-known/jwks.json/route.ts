import { publicKeySet } from "@/lib/auth/keys";
import { publicJson } from "@/lib/http/answer";
import { route } from "@/lib/http/route";

const MAX_AGE_SECONDS = 300;

/** GET /.well-known/jwks.json: the public keys of the access tokens, of all listed secrets. @see RFC 7517 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ context }) => publicJson(publicKeySet(context.keys), MAX_AGE_SECONDS),
});
