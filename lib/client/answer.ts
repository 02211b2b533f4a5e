import type { WireError } from "@/lib/contract";

/** What a request came to that may not reach the server, or not get an answer of ours. */
export interface Failure {
  /** HTTP status; 0: the network failed, or took too long. */
  readonly status: number;
  readonly error: WireError;
  readonly retryAfterSeconds: number | null;
}

/** The network failed: nobody knows whether the server did what it was asked. */
export const NO_ANSWER: Failure = {
  status: 0,
  error: { detail: "The server could not be reached", error: "network" },
  retryAfterSeconds: null,
};

/** The body of an answer, or null when it is not JSON. @throws what `fetch` throws when the connection breaks */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An answer that is not a success, also when something between us and the server made it. */
export async function readFailure(response: Response): Promise<Failure> {
  const body = await readJson(response);
  return {
    status: response.status,
    error: isWireError(body)
      ? body
      : { detail: "Service temporarily unavailable", error: "unavailable" },
    retryAfterSeconds: readRetryAfter(response),
  };
}

/** Whole seconds. A `Retry-After` that is a date counts as none: reading it takes the wall clock. */
export function readRetryAfter(response: Response): number | null {
  const value = response.headers.get("Retry-After");
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function isWireError(body: unknown): body is WireError {
  return (
    typeof body === "object" &&
    body !== null &&
    "detail" in body &&
    "error" in body &&
    typeof body.error === "string"
  );
}
