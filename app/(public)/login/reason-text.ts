import { SIGN_IN_REASONS, type SignInReason } from "@/lib/contract";

const TEXTS: Readonly<Record<SignInReason, string>> = {
  signed_out: "You are signed out.",
  expired: "Your session ran out. Please sign in again.",
  ended: "Your session on this device was ended. Please sign in again.",
  reuse:
    "Somebody used an old copy of this device's sign-in, so we ended it to be safe. " +
    "Please sign in again, and consider changing your password.",
  cookies: "Your browser did not keep our cookies. Please allow them for this site, then sign in.",
};

/** What `?reason=` says in plain words; null for anything that is not one of our reasons. */
export function reasonText(reason: unknown): string | null {
  const known = SIGN_IN_REASONS.find((one) => one === reason);
  return known === undefined ? null : TEXTS[known];
}
