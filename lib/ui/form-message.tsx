import { Notice } from "./notice";

export const FORM_MESSAGE_ID = "form-message";

interface FormMessageProps {
  /** What went wrong with the form as a whole; it outranks the notice, and the notice the lead. */
  readonly problem: string | null;
  readonly notice?: string | null;
  readonly lead: string;
}

/** The place above a form: two lines that are never empty, so that the form stays where it is when a message comes. */
export function FormMessage({ problem, notice = null, lead }: FormMessageProps) {
  return (
    <div id={FORM_MESSAGE_ID} className="mt-3 flex min-h-16 flex-col justify-center">
      {problem !== null && <Notice tone="danger">{problem}</Notice>}
      {problem === null && notice !== null && <Notice tone="info">{notice}</Notice>}
      {problem === null && notice === null && <p className="text-muted">{lead}</p>}
    </div>
  );
}
