"use client";

import { FailurePage, type FailurePageProps } from "@/lib/ui/failure-page";

/** A page that threw while it was made. */
export default function ErrorPage(props: FailurePageProps) {
  return <FailurePage {...props} />;
}
