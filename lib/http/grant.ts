import type { z } from "zod";
import { AuthError } from "@/lib/auth/errors";
import { grantPassword, grantRefresh } from "@/lib/auth/token";
import { type Answer, json } from "./answer";
import type { Call } from "./call";
import { readReplaced, setRefreshToken } from "./cookies";
import { readAttempt } from "./credentials";
import { isFromPage } from "./same-site";
import type { TokenFields } from "./schemas";
import { bearerTokens } from "./wire";

type Grant = z.output<typeof TokenFields>;

/**
 * The grants of the token endpoint. `client_id`, `client_secret` and `Authorization: Basic` are ignored: there are
 * no registered clients, only users.
 *
 * @throws AuthError `unsupported_grant_type`, `invalid_request`, `oauth_invalid_credentials`,
 *   `oauth_invalid_refresh_token`, `rate_limited`, `unavailable`
 */
export function grantTokens(call: Call, fields: Grant): Promise<Answer> {
  const type = fields.grant_type || "password";
  if (type === "password") return byPassword(call, fields);
  if (type === "refresh_token") return byRefreshToken(call, fields);
  throw new AuthError("unsupported_grant_type");
}

async function byPassword(call: Call, { username, password, scope }: Grant): Promise<Answer> {
  const { request, client, context, jar } = call;
  if (!username || !password) throw new AuthError("invalid_request");
  const wantsBody = scope?.split(" ").includes("offline_access") ?? false;
  const setsCookie = !wantsBody && !isFromPage(request);
  // a session is replaced only where its cookie is: a script in a page gets no cookie and ends none
  const replaces = setsCookie ? readReplaced(request) : null;
  const grant = { username, password, scope: scope ?? "", client, replaces };
  const tokens = await grantPassword(grant, context);

  const answer = { ...bearerTokens(tokens), scope: tokens.scope };
  if (wantsBody) return json({ ...answer, refresh_token: tokens.refreshToken });
  if (setsCookie) setRefreshToken(jar, tokens);
  return json(answer);
}

async function byRefreshToken(
  { request, client, context }: Call,
  { refresh_token: token, scope }: Grant,
): Promise<Answer> {
  if (!token) throw new AuthError("invalid_request");
  const attempt = readAttempt(request);
  const asked = { token, channel: "body", attempt, ip: client.ip, scope: scope ?? "" } as const;
  const tokens = await grantRefresh(asked, context);
  const answer = { ...bearerTokens(tokens), scope: tokens.scope };
  return json({ ...answer, refresh_token: tokens.refreshToken });
}
