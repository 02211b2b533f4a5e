import { type Settings, SettingsError, settings } from "@/lib/config";
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
    if (!(thrown instanceof SettingsError)) throw thrown;
    return { checks: thrown.problems.map((each) => problem(NAME, `${each}.`)), settings: null };
  }
}
