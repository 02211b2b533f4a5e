import type { PATHS, WireUser } from "@/lib/contract";
import { type Failure, NO_ANSWER, readFailure, readJson } from "./answer";
import { post } from "./post";
import type { SessionKeeper } from "./session-keeper";
import { isUser } from "./tabs";
import type { World } from "./world";

/** Longer than the queue for password hashing can get. */
const ANSWER_MOST_MS = 30_000;

/** What signing in came to. `error.error` is a code of the contract, `network`, or `cookies_refused`. */
export type AuthOutcome =
  | { readonly ok: true; readonly user: WireUser }
  | ({ readonly ok: false } & Failure);

/** By name, as the contract has them: the server checks them. A box that is ticked may be `true` or `"true"`. */
export type SignInFields = Readonly<Record<string, string | boolean>>;

const COOKIES_REFUSED: AuthOutcome = {
  ok: false,
  status: 200,
  error: { detail: "This browser does not keep our cookies", error: "cookies_refused" },
  retryAfterSeconds: null,
};

/**
 * Signs in by login or register, alone among all tabs, and tells them. Never throws.
 *
 * An answer whose cookies the browser did not keep counts as a failure: no page would know the user.
 */
export function signIn(
  world: World,
  keeper: SessionKeeper,
  path: typeof PATHS.login | typeof PATHS.register,
  fields: SignInFields,
): Promise<AuthOutcome> {
  return keeper.refresher.exclusively(async () => {
    const before = world.readHint();
    const answer = await ask(world, path, fields);
    if ("error" in answer) return { ok: false, ...answer };
    const hint = world.readHint();
    if (hint === null || hint === before) {
      keeper.cookiesRefused();
      return COOKIES_REFUSED;
    }
    keeper.signedIn(answer.user, answer.remainingSeconds);
    return { ok: true, user: answer.user };
  });
}

interface Welcome {
  readonly user: WireUser;
  /** Register does not say. */
  readonly remainingSeconds: number | null;
}

async function ask(world: World, path: string, fields: SignInFields): Promise<Welcome | Failure> {
  try {
    const posting = { body: fields, limitMs: ANSWER_MOST_MS, abort: null };
    return await post(world, path, posting, async (response) => {
      if (!response.ok) return await readFailure(response);
      const { user, expires_in: seconds } = Object(await readJson(response));
      if (!isUser(user)) return NO_ANSWER;
      return { user, remainingSeconds: typeof seconds === "number" ? seconds : null };
    });
  } catch {
    return NO_ANSWER;
  }
}
