import type { BackendNews } from "./bcrypt-backend.mjs";

/** Says once that the native backend is there and cannot be used: logins work, and are slower than they could be. */
export function fallbackTeller(
  say: (facts: Readonly<Record<string, string>>, words: string) => void,
): (news: BackendNews) => void {
  let isSaid = false;
  return ({ unusable }) => {
    if (isSaid || unusable === null) return;
    isSaid = true;
    say(
      { event: "sys_notice", reason: unusable },
      "Passwords are hashed by bcryptjs: @node-rs/bcrypt is installed and cannot be used",
    );
  };
}
