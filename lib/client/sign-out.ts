import { PATHS } from "@/lib/contract";
import { post } from "./post";
import type { SessionKeeper } from "./session-keeper";
import type { World } from "./world";

const ANSWER_MOST_MS = 8_000;

/** Signing out may not have happened; the page stays, and so does the session as far as anybody knows. */
export class SignOutError extends Error {
  override readonly name = "SignOutError";

  constructor() {
    super("The server could not be reached, so you may still be signed in here. Please try again.");
  }
}

/**
 * Ends the session, alone among all tabs, tells them, and takes the document to the login page. `everywhere`: all
 * sessions of the user.
 *
 * A server that could not confirm it (503) has taken the cookies back all the same: that counts. Where cookies cannot
 * be taken back, because nobody answered or something between us and the server did, nothing is pretended.
 *
 * @throws SignOutError when the cookies are still there; its message is for users
 */
export function signOut(world: World, keeper: SessionKeeper, everywhere: boolean): Promise<void> {
  return keeper.refresher.exclusively(async () => {
    const hint = world.readHint();
    const status = await ask(world, everywhere);
    const isDone = status === 200 || (status === 503 && world.readHint() === null);
    if (!isDone) throw new SignOutError();
    keeper.signedOut(hint);
  });
}

/** The status of the answer; 0: none. */
async function ask(world: World, everywhere: boolean): Promise<number> {
  try {
    const posting = { body: { everywhere }, limitMs: ANSWER_MOST_MS, abort: null };
    return await post(world, PATHS.logout, posting, async ({ status }) => status);
  } catch {
    return 0;
  }
}
