import { buttonClass } from "./button-class";
import { MessagePage } from "./message-page";

/** Stands in for a protected page whose session cannot be looked up at the moment. No data. */
export function UnavailablePage() {
  return (
    <MessagePage title="We cannot be reached at the moment">
      <p>You are still signed in, and nothing is lost. Please try again in a minute.</p>
      {/* The address without a fragment is this page again, whichever it is. */}
      <a href="?" className={buttonClass()}>
        Try again
      </a>
    </MessagePage>
  );
}
