import { type Authorized, authorize, type Need, requireNeed } from "@/lib/auth/authorize";
import { isAuthError } from "@/lib/auth/errors";
import { visit } from "@/lib/auth/visit";
import { isHtmlForm } from "./body";
import type { Call } from "./call";
import { readCookies } from "./cookies";
import { readAccessToken, readBearer } from "./credentials";

/**
 * Who calls an endpoint, by access token. A form posted without JavaScript cannot refresh first, so it is let in as
 * the page that it stands on would be.
 *
 * @param need what the endpoint asks for beyond a live session
 * @throws AuthError `missing_token`, `invalid_token`, `insufficient_scope`, `unavailable`
 */
export async function sessionOf(
  { request, client, context }: Call,
  need: Need = {},
): Promise<Authorized> {
  try {
    return await authorize(readAccessToken(request), context, need);
  } catch (error) {
    const cookies = readCookies(request.headers.get("cookie"));
    const isPage = isHtmlForm(request) && readBearer(request) === null && !cookies.isAmbiguous;
    if (!isPage || !isAuthError(error) || error.status !== 401) throw error;
    const visitor = await visit(cookies, client, context);
    if (visitor.kind !== "session") throw error;
    return requireNeed(visitor.authorized, need, context);
  }
}
