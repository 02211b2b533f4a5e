import type { ServerResponse } from "node:http";
import type { Answer } from "@/lib/http/answer";

/** Writes an answer as it is. What was set before by the same name is replaced. */
export function writeAnswer({ status, headers, body }: Answer, response: ServerResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}
