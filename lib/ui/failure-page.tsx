import { Button, buttonClass } from "./button";
import { MessagePage } from "./message-page";

/** What Next gives to the page that stands in for a broken one. */
export interface FailurePageProps {
  readonly error: unknown;
  /** Asks the server for the page once more. */
  readonly retry: () => void;
}

/** A page that broke. Says nothing of what went wrong inside; the reference is found again in the server's log. */
export function FailurePage({ error, retry }: FailurePageProps) {
  const reference = digestOf(error);
  return (
    <MessagePage title="Something went wrong">
      <title>Something went wrong · Latchkey</title>
      <p>
        The fault is ours, and you are not signed out by it.
        {reference !== null && ` If you report it, please mention ${reference}.`}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button type="button" onClick={retry}>
          Try again
        </Button>
        <a href="/" className={buttonClass({ look: "quiet" })}>
          Back to the start
        </a>
      </div>
    </MessagePage>
  );
}

function digestOf(error: unknown): string | null {
  const known = error instanceof Error && "digest" in error && typeof error.digest === "string";
  return known ? String(error.digest) : null;
}
