import { z } from "zod";
import { AuthError, type FieldIssue } from "@/lib/auth/errors";
import type { Fields } from "./body";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;

const anyText = z
  .string("Must be text")
  .refine((text) => text.isWellFormed(), "Must be well-formed Unicode");
const text = anyText.refine((value) => !CONTROLS.test(value), "Must not hold control characters");
const filled = text.min(1, "Must not be empty");
/** Kept exactly as typed: any code point. */
const password = anyText.min(1, "Must not be empty");
/** JSON says true, a checkbox "true" or "on", a box that is not ticked nothing. */
const flag = z
  .union([z.boolean(), z.enum(["true", "on", "1", "false", "off", "0", ""])], "Must be yes or no")
  .optional()
  .transform((value) => value === true || value === "true" || value === "on" || value === "1");

export const LoginFields = z.object({ username: filled, password, remember: flag });

export const RegisterFields = z.object({
  username: filled,
  email: filled,
  password,
  name: text.nullish().transform((name) => name ?? null),
  remember: flag,
});

export const RefreshFields = z.object({ refresh_token: text.nullish() });

export const LogoutFields = z.object({ refresh_token: text.nullish(), everywhere: flag });

/** What is missing is for the grant to say, in OAuth's own words; an empty parameter counts as missing. */
export const TokenFields = z.object({
  grant_type: text.nullish(),
  username: text.nullish(),
  password: anyText.nullish(),
  refresh_token: text.nullish(),
  scope: text.nullish(),
});

/**
 * The fields of a body in their right types; unknown ones are dropped.
 *
 * @throws AuthError `validation_failed`, with what is wrong and never what was sent
 */
export function parseFields<Schema extends z.ZodType>(
  schema: Schema,
  fields: Fields,
): z.output<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path: [field = ""], code, message }): FieldIssue => {
    const isMissing = fields[String(field)] === undefined;
    return {
      type: isMissing ? "missing" : code,
      loc: ["body", String(field)],
      msg: isMissing ? "Field required" : message,
    };
  });
  throw new AuthError("validation_failed", { issues });
}
