import { type Settings, SettingsError, settings } from "@/lib/config";
import { LOCAL_SECRET_FILE } from "@/lib/settings/signing-secrets";
import { type Check, ok, problem, warning } from "./check";

const NAME = "settings";

/** All that is wrong or odd with the settings, by the names of variables; the settings themselves if they are usable. */
export function checkSettings(): {
  readonly checks: readonly Check[];
  readonly settings: Settings | null;
} {
  try {
    const read = settings();
    const notes = read.notes.map((note) => warning(NAME, `${note}.`));
    const checks = notes.length > 0 ? notes : [ok(NAME, `Usable; this is ${read.origin}.`)];
    return { checks, settings: read };
  } catch (thrown) {
    return { checks: problemsOf(thrown).map((each) => problem(NAME, `${each}.`)), settings: null };
  }
}

/** One sentence a problem. @throws what was thrown, where it is none of the settings */
export function problemsOf(thrown: unknown): readonly string[] {
  if (thrown instanceof SettingsError) return thrown.problems;
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  // of the settings only the secret is ever written
  if (syscall === undefined) throw thrown;
  return [`AUTH_SECRET is not set, and none can be kept in ${LOCAL_SECRET_FILE} (${code})`];
}
