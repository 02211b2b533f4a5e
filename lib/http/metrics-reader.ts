import { createHash, timingSafeEqual } from "node:crypto";
import { AuthError } from "@/lib/auth/errors";
import { settings } from "@/lib/config";
import { isLoopback } from "@/lib/origin";
import { readBearer } from "./credentials";
import { currentExchange } from "./exchange";

/**
 * Lets through who may read the metrics: who shows `METRICS_TOKEN`, or without such a setting a program on this machine
 * as long as all of it is on this machine. Behind a proxy every stranger's connection comes from here, so a public
 * `APP_ORIGIN` needs the token; so does a server that cannot tell who asks (`next start`).
 *
 * @throws AuthError `missing_token`, `invalid_token`
 */
export function requireMetricsReader(request: Request): void {
  const { metricsToken, origin } = settings();
  const shown = readBearer(request);
  if (metricsToken !== null && shown !== null && isSame(shown, metricsToken)) return;
  const isOurs = metricsToken === null && isLoopback(new URL(origin));
  if (isOurs && shown === null && currentExchange()?.isLocal === true) return;
  throw new AuthError(shown === null ? "missing_token" : "invalid_token");
}

/** Takes as long for a value that is nearly right, and for one of another length. */
function isSame(shown: string, expected: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(shown), digest(expected));
}
