import type { Failure } from "@/lib/client/answer";
import type { WireError } from "@/lib/contract";

/** What a form that was refused has to say. */
export interface FormProblem {
  readonly message: string;
  /** By field name. An empty text marks a field whose error the message tells. */
  readonly fields: Readonly<Record<string, string>>;
}

/** One thing wrong with one field, in words for its owner. */
export interface FormIssue {
  readonly field: string;
  readonly msg: string;
}

const CHECK_FIELDS = "Please check what is marked below.";
const UNEXPECTED = "Something went wrong on our side. Please try again.";

const PROBLEMS: Readonly<Record<string, FormProblem>> = {
  invalid_grant: {
    message: "Incorrect user name or password.",
    fields: { username: "", password: "" },
  },
  missing_token: { message: "Please sign in to do that.", fields: {} },
  invalid_token: { message: "Please sign in again to do that.", fields: {} },
  username_taken: { message: CHECK_FIELDS, fields: { username: "This user name is taken." } },
  email_taken: { message: CHECK_FIELDS, fields: { email: "This address has an account already." } },
  validation_failed: { message: "Please check what you typed.", fields: {} },
  rate_limited: { message: "Too many attempts. Please wait a little.", fields: {} },
  registration_closed: { message: "New accounts cannot be created at the moment.", fields: {} },
  unavailable: { message: "We cannot be reached at the moment. Please try again.", fields: {} },
};

/** What only the browser knows, by the codes of `useAuth`. */
const BROWSER_PROBLEMS: Readonly<Record<string, FormProblem>> = {
  network: { message: "No connection. Please try again.", fields: {} },
  cookies_refused: {
    message: "Your browser did not keep our cookies. Please allow them, then try again.",
    fields: {},
  },
};

/** For the address bar's `?error=`. Null: not one of our codes, so there is nothing to say. */
export function problemFromCode(code: unknown, issues: readonly FormIssue[]): FormProblem | null {
  const known = typeof code === "string" && Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : null;
  if (!known) return null;
  return code === "validation_failed" ? withIssues(known, issues) : known;
}

/** For a failed `useAuth().login` or `register`. Always has something to say. */
export function problemFromFailure({ status, error, retryAfterSeconds }: Failure): FormProblem {
  const local = BROWSER_PROBLEMS[error.error];
  if (local !== undefined) return local;
  if (status === 429 && retryAfterSeconds !== null) {
    return {
      message: `Too many attempts. Try again in ${waitText(retryAfterSeconds)}.`,
      fields: {},
    };
  }
  return problemFromCode(error.error, issuesOf(error)) ?? { message: UNEXPECTED, fields: {} };
}

function issuesOf({ detail }: WireError): readonly FormIssue[] {
  if (typeof detail === "string") return [];
  return detail.map(({ loc, msg }) => ({ field: String(loc.at(-1)), msg }));
}

function withIssues(problem: FormProblem, issues: readonly FormIssue[]): FormProblem {
  if (issues.length === 0) return problem;
  const fields = Object.fromEntries(issues.map(({ field, msg }) => [field, msg]));
  return { message: CHECK_FIELDS, fields };
}

/** Rounded up, so that nobody comes back too early. */
function waitText(seconds: number): string {
  const [, size, unit] = UNITS.find(([from]) => seconds >= from) ?? SECONDS;
  const count = Math.ceil(seconds / size);
  return count === 1 ? `one ${unit}` : `${count} ${unit}s`;
}

const SECONDS = [0, 1, "second"] as const;
/** From so many seconds on, in units of so many. */
const UNITS = [
  [172_800, 86_400, "day"],
  [7200, 3600, "hour"],
  [60, 60, "minute"],
  SECONDS,
] as const;
