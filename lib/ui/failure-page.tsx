/** What Next gives to the page that stands in for a broken one. */
export interface FailurePageProps {
  readonly error: unknown;
  /** Asks the server for the page once more. */
  readonly retry: () => void;
}

/**
 * A page that broke. Says nothing of what went wrong inside; the reference is found again in the server's log. Every
 * page loads it beforehand, twice at that, so it looks plain.
 */
export function FailurePage({ error, retry }: FailurePageProps) {
  const reference = digestOf(error);
  return (
    <main id="main" tabIndex={-1} className="m-auto max-w-lg space-y-6 p-6">
      <title>Something went wrong · Latchkey</title>
      <h1 className="text-3xl font-semibold tracking-tight">Something went wrong</h1>
      <p>
        The fault is ours, and you are not signed out by it.
        {reference !== null && ` If you report it, please mention ${reference}.`}
      </p>
      <button type="button" onClick={retry} className={LINK}>
        Try again
      </button>{" "}
      <a href="/" className={LINK}>
        Back to the start
      </a>
    </main>
  );
}

const LINK = "mr-6 rounded font-medium text-accent underline underline-offset-4";

function digestOf(error: unknown): string | null {
  const known = error instanceof Error && "digest" in error && typeof error.digest === "string";
  return known ? String(error.digest) : null;
}
