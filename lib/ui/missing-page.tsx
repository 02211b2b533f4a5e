"use client";

import { buttonClass } from "./button-class";
import { MessagePage } from "./message-page";

/**
 * Where no page is. A client component, since Next puts what stands here into the data of every page, once for each
 * layer around it, in case that page says `notFound()`: of a client component that is its name, and not its markup.
 */
export function MissingPage() {
  return (
    <MessagePage title="There is no page here">
      <p>The address may be mistyped, or the page has moved.</p>
      <a href="/" className={buttonClass()}>
        Back to the start
      </a>
    </MessagePage>
  );
}
