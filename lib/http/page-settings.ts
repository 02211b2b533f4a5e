import "server-only";
import { USERNAME_RULE } from "@/lib/auth/identifier";
import { settings } from "@/lib/config";

/** What pages may know of the settings and rules. */
export function pageSettings() {
  const { passwordMinLength, registrationOpen } = settings();
  return { passwordMinLength, registrationOpen, usernameRule: USERNAME_RULE } as const;
}
