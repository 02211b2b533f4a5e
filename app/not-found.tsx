import type { Metadata } from "next";
import { buttonClass } from "@/lib/ui/button-class";
import { MessagePage } from "@/lib/ui/message-page";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <MessagePage title="There is no page here">
      <p>The address may be mistyped, or the page has moved.</p>
      <a href="/" className={buttonClass()}>
        Back to the start
      </a>
    </MessagePage>
  );
}
