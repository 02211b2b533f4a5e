"use client";

import { FailurePage, type FailurePageProps } from "@/lib/ui/failure-page";
import "./globals.css";

/** The root layout itself threw: this takes its place, without its font. */
export default function GlobalError(props: FailurePageProps) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col font-sans antialiased">
        <FailurePage {...props} />
      </body>
    </html>
  );
}
