import { isAuthError } from "@/lib/auth/errors";

/** What the doctor found. `warning`: it works, and somebody should know; `problem`: it does not. */
export interface Check {
  readonly name: string;
  readonly status: Status;
  /** A sentence; holds no secret. */
  readonly detail: string;
}

export type Status = "ok" | "warning" | "problem";

/** From harmless to bad. */
const STATUSES: readonly Status[] = ["ok", "warning", "problem"];

export const ok = (name: string, detail: string): Check => ({ name, status: "ok", detail });
export const warning = (name: string, detail: string): Check => ({
  name,
  status: "warning",
  detail,
});
export const problem = (name: string, detail: string): Check => ({
  name,
  status: "problem",
  detail,
});

/** What `look` found; what it throws is a problem of that name. */
export async function checked(
  name: string,
  look: () => Promise<readonly Check[]> | readonly Check[],
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (thrown) {
    return [problem(name, `${causeOf(thrown)}.`)];
  }
}

/** What happened, in the words of whoever noticed first; of several addresses that all refuse only a code is left. */
function causeOf(thrown: unknown): string {
  const cause = isAuthError(thrown) ? (thrown.facts.cause ?? thrown) : thrown;
  const { message, code, name } = cause as NodeJS.ErrnoException;
  return (message || code || name).split("\n")[0]?.replace(/\.$/, "") ?? name;
}

/** The worst of them; nothing found is ok. */
export function worstOf(checks: readonly Check[]): Status {
  const ranks = checks.map(({ status }) => STATUSES.indexOf(status));
  return STATUSES[Math.max(0, ...ranks)] ?? "problem";
}
