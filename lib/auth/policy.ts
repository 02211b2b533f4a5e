/** What a user may be. */
export type Role = "user" | "admin";

/** What a token may be asked for, by role. `offline_access` hands the refresh token over in a body. */
const SCOPES: Readonly<Record<Role, readonly string[]>> = {
  user: ["profile", "offline_access"],
  admin: ["profile", "admin", "offline_access"],
};

export function isRole(text: string): text is Role {
  return Object.hasOwn(SCOPES, text);
}

/**
 * The scope a new session gets: what was asked for and the role allows, in the policy's order.
 * Nothing asked for means all but `offline_access`; unknown words are dropped.
 *
 * @see RFC 6749 section 3.3
 */
export function grantScope(requested: string, role: Role): string {
  const words = requested.split(" ").filter((word) => word !== "");
  const allowed = SCOPES[role];
  if (words.length === 0) return allowed.filter((word) => word !== "offline_access").join(" ");
  return allowed.filter((word) => words.includes(word)).join(" ");
}

/** `granted` without what the live role no longer allows, and without what was not asked for this time. */
export function narrowScope(granted: string, role: Role, requested = ""): string {
  const asked = requested.split(" ").filter((word) => word !== "");
  return granted
    .split(" ")
    .filter((word) => SCOPES[role].includes(word) && (asked.length === 0 || asked.includes(word)))
    .join(" ");
}
