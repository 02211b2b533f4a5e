import { ResumeSession } from "@/lib/client/resume-session";
import { MessagePage } from "./message-page";
import { TextLink } from "./text-link";

/** Shown while the browser asks again for an answer it lost; without scripts the link is the way on. No data. */
export function ResumePage({ loginHref }: { readonly loginHref: string }) {
  return (
    <MessagePage title="Restoring your session…">
      <p>This takes a moment. The page opens by itself.</p>
      <ResumeSession loginHref={loginHref} />
      <p>
        If nothing happens, <TextLink href={loginHref}>sign in again</TextLink>.
      </p>
    </MessagePage>
  );
}
