import type { Settings } from "@/lib/config";
import { type Check, ok, problem, warning } from "./check";

const NAME = "server";
const TIMEOUT_MS = 10_000;

/**
 * Asks a running server the way its clients do, so through whatever stands before it. Certificates are checked as a
 * browser would. @param url any URL of it
 */
export async function checkServer(
  url: string,
  settings: Pick<Settings, "origin"> | null,
): Promise<readonly Check[]> {
  const asked = new URL("/api/health/ready", url);
  const answer = await fetch(asked, {
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: Error) => error);
  if (answer instanceof Error) return [problem(NAME, `${asked.origin} ${reasonOf(answer)}.`)];

  const checks = [
    answer.status === 200
      ? ok(NAME, `${asked.origin} is ready.`)
      : problem(NAME, `${asked.origin} answers ${answer.status} to ${asked.pathname}.`),
  ];
  if (settings !== null && asked.origin !== settings.origin) {
    checks.push(
      warning(NAME, `APP_ORIGIN is ${settings.origin}: forms sent from elsewhere are refused.`),
    );
  }
  if (asked.protocol === "https:" && !answer.headers.has("strict-transport-security")) {
    checks.push(warning(NAME, "Strict-Transport-Security is missing: the proxy takes it off."));
  }
  if (answer.headers.get("cache-control") !== "no-store") {
    checks.push(warning(NAME, "Cache-Control is not the no-store that we send."));
  }
  return checks;
}

/** Node hides what happened in the cause. */
function reasonOf(error: Error): string {
  if (error.name === "TimeoutError") return `does not answer within ${TIMEOUT_MS / 1000} seconds`;
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  return `cannot be reached: ${code ?? message}`;
}
