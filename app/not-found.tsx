import type { Metadata } from "next";
import { TextLink } from "@/lib/ui/text-link";

export const metadata: Metadata = { title: "Page not found" };

/**
 * Where no page is. Looks plain, as `FailurePage` does: Next renders it into the data of every page, once for each layer
 * around it, in case that page says `notFound()`.
 */
export default function NotFound() {
  return (
    <main id="main" tabIndex={-1} className="m-auto max-w-lg space-y-6 p-6">
      <h1 className="text-3xl font-semibold tracking-tight">There is no page here</h1>
      <p>The address may be mistyped, or the page has moved.</p>
      <TextLink href="/">Back to the start</TextLink>
    </main>
  );
}
