import { isAuthError } from "@/lib/auth/errors";
import { log } from "@/lib/log";

/** Which request went wrong, as far as that is known. */
interface Where {
  readonly requestId?: string | undefined;
  /** The pattern of the path, such as `/dashboard`; never the path itself. */
  readonly route?: string;
}

/** Says in the log why a request is answered with 503 (the database is away, too much to do) or 500 (a bug). */
export function tellFailure(thrown: unknown, where: Where): void {
  const isExpected = isAuthError(thrown) && thrown.status === 503;
  const event = isExpected ? "unavailable" : "bug";
  log().error({ event, ...where, err: isExpected ? (thrown.facts.cause ?? thrown) : thrown });
}
