import "server-only";
import { settings } from "@/lib/config";

/** What pages may know of the settings. */
export function pageSettings(): { passwordMinLength: number; registrationOpen: boolean } {
  const { passwordMinLength, registrationOpen } = settings();
  return { passwordMinLength, registrationOpen };
}
