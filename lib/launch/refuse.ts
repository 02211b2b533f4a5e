import type { ServerResponse } from "node:http";
import { AuthError, type ErrorCode } from "@/lib/auth/errors";
import { errorAnswer } from "@/lib/http/answer";
import { writeAnswer } from "./write-answer";

/** Answers with an error of the one table, as a handler would, and the given headers. */
export function refuse(
  response: ServerResponse,
  code: ErrorCode,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  return refuseWith(response, new AuthError(code), headers);
}

/** The same with an error that is there already. */
export async function refuseWith(
  response: ServerResponse,
  error: AuthError,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (response.headersSent) {
    // somebody else answered meanwhile
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  writeAnswer(errorAnswer(error), response);
}
