import { z } from "zod";
import { type AuthError, isAuthError } from "@/lib/auth/errors";
import { type Answer, seeOther } from "./answer";
import { type Fields, isHtmlForm } from "./body";
import type { Call } from "./call";
import { clearForm, readFormCookie, setForm } from "./cookies";
import { loginPath, safeNext } from "./next-path";
import type { Handler } from "./route";

/** The page a form stands on and the one that follows it. */
interface FormPages {
  readonly page: "/login" | "/register" | "/dashboard";
  /** Where success leads when the form names no `next`. */
  readonly success: string;
}

/** What the page needs to show a form again. Never a password. */
export interface FormMemory {
  readonly values: Readonly<Record<string, string>>;
  readonly issues: readonly { readonly field: string; readonly msg: string }[];
}

export const NO_MEMORY: FormMemory = { values: {}, issues: [] };

/** Failures that the form can say; all others keep their status. */
const BACK_TO_FORM = new Set([401, 409, 422, 429]);
const REMEMBERED = ["username", "email", "name", "remember"];
const VALUE_MAX_CHARACTERS = 254;
/** Browsers drop a cookie above 4096 bytes, name and attributes included; a form that long is typed anew. */
const COOKIE_MAX_CHARACTERS = 3900;

/**
 * Lets an endpoint also serve forms posted without JavaScript: 303 to the next page, or back to the form with a fixed
 * code and what was typed. Other requests pass through untouched.
 */
export function form(pages: FormPages, handler: Handler): Handler {
  return async (call) => {
    if (!isHtmlForm(call.request)) return handler(call);
    try {
      const answer = await handler(call);
      if (answer.status >= 300) return answer;
      clearForm(call.jar, call.request);
      const { next } = await call.body();
      return seeOther(next === undefined || next === "" ? pages.success : safeNext(next));
    } catch (error) {
      if (!isAuthError(error) || !BACK_TO_FORM.has(error.status)) throw error;
      return backToForm(pages, error, call);
    }
  };
}

/** Nobody but us writes the cookie, but anybody can. */
const Memory = z.object({
  values: z.record(z.string(), z.string()),
  issues: z.array(z.object({ field: z.string(), msg: z.string() })),
});

/** Reads back what `form` kept; anything else is nothing. */
export function readFormMemory(cookieHeader: string | null): FormMemory {
  const kept = Buffer.from(readFormCookie(cookieHeader) ?? "", "base64url").toString();
  try {
    return Memory.parse(JSON.parse(kept));
  } catch {
    return NO_MEMORY;
  }
}

async function backToForm(
  { page }: FormPages,
  error: AuthError,
  { body, jar }: Call,
): Promise<Answer> {
  const fields = await body().catch((): Fields => ({}));
  if (error.status === 401 && page === "/dashboard") {
    return seeOther(loginPath(fields.next, { error: error.error }));
  }
  const issues = (error.facts.issues ?? []).flatMap(({ loc: [, field], msg }) =>
    field === undefined ? [] : [{ field: String(field), msg }],
  );
  const memory: FormMemory = { values: typedValues(fields), issues };
  const kept = Buffer.from(JSON.stringify(memory)).toString("base64url");
  if (kept.length <= COOKIE_MAX_CHARACTERS) setForm(jar, kept);
  const query = new URLSearchParams({ error: error.error, next: safeNext(fields.next) });
  return seeOther(`${page}?${query}`);
}

function typedValues(fields: Fields): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of REMEMBERED) {
    const value = fields[name];
    if (typeof value === "string") values[name] = value.slice(0, VALUE_MAX_CHARACTERS);
  }
  return values;
}
