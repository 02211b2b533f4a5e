import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { FORM_MESSAGE_ID } from "./form-message";

export interface FieldWords {
  readonly label: string;
  /** A rule worth knowing beforehand. */
  readonly hint?: string | undefined;
  /** What is wrong. Empty: wrong, and the message of the form says why. */
  readonly error?: string | undefined;
}

/** The input itself; `aria-invalid` gives it the colour of an error. */
export const FIELD_CLASS =
  "min-h-11 w-full rounded-lg border border-edge bg-surface px-3.5 text-ink aria-invalid:border-danger aria-invalid:ring-1 aria-invalid:ring-danger";

/** The ids that describe a field: its own line, or the form's message where that says what is wrong. */
export function describedBy(id: string, error: string | undefined): string {
  return error === "" ? FORM_MESSAGE_ID : noteId(id);
}

interface FieldFrameProps extends FieldWords {
  readonly id: string;
  readonly children: ReactNode;
}

/** Label above; below, the room that the hint or one line takes, so that nothing moves when an error takes its place. */
export function FieldFrame({ id, label, hint, error, children }: FieldFrameProps) {
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children}
      <p id={noteId(id)} className="mt-1 grid min-h-5 text-sm *:col-start-1 *:row-start-1">
        <span className={classNames("text-muted", error && "invisible")}>{hint}</span>
        <span className="text-danger">{error}</span>
      </p>
    </div>
  );
}

function noteId(id: string): string {
  return `${id}-note`;
}
