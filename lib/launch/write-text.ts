import type { ServerResponse } from "node:http";
import { textOf } from "@/lib/http/answer";

/** Writes an answer whose text is at hand, for a fifth of what it takes out of its stream; false for any other. */
export function writeText(answer: Response, response: ServerResponse): boolean {
  const text = textOf(answer);
  if (text === null) return false;
  response.statusCode = answer.status;
  response.setHeaders(answer.headers);
  response.end(text);
  return true;
}
