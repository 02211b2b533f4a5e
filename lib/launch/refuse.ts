import type { ServerResponse } from "node:http";
import { AuthError, type ErrorCode } from "@/lib/auth/errors";
import { errorResponse } from "@/lib/http/answer";

/** Answers with an error of the one table, as a handler would, and the given headers. */
export async function refuse(
  response: ServerResponse,
  code: ErrorCode,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const answer = errorResponse(new AuthError(code));
  const body = await answer.text();
  if (response.headersSent) {
    // somebody else answered meanwhile
    response.destroy();
    return;
  }
  response.statusCode = answer.status;
  response.setHeaders(answer.headers);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}
