/** Names nobody may register, because a reader would take them for the house itself. */
const RESERVED = new Set(
  `about abuse account accounts admin administrator api app auth billing contact dashboard dev help hostmaster info
  latchkey legal login logout mail me moderator news no-reply noreply official ops owner postmaster privacy public
  register root security service settings signin signout signup staff static status superuser support sys sysadmin
  system team test token undefined null user users webmaster www`.split(/\s+/),
);

/** What `parseUsername` accepts, for people. */
export const USERNAME_RULE = "Use 3 to 32 letters, digits or . _ -";
const USERNAME = /^[a-z0-9][a-z0-9_.-]{2,31}$/;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const EMAIL = new RegExp(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64}@${LABEL}(?:\\.${LABEL})+$`);
const EMAIL_MAX_CHARACTERS = 254;

/** What somebody signs in with, in its one spelling. */
export type Identifier = { readonly username: string } | { readonly email: string };

/**
 * Reads what was typed as user name or address; null when no account can have it.
 * What contains `@` is an address and nothing else, what does not is a name and nothing else.
 */
export function parseIdentifier(typed: string): Identifier | null {
  if (canonical(typed).includes("@")) {
    const email = parseEmail(typed);
    return email === null ? null : { email };
  }
  const username = parseUsername(typed);
  return username === null ? null : { username };
}

/** The canonical user name; null when it is none. Does NOT look at reserved names: an old account may have one. */
export function parseUsername(typed: string): string | null {
  const name = canonical(typed);
  return USERNAME.test(name) ? name : null;
}

/** Whether a canonical name is kept for the house. */
export function isReserved(username: string): boolean {
  return RESERVED.has(username);
}

/**
 * The canonical address; null when it is none. Must be ASCII before normalisation too: `＠` and the Kelvin sign would
 * otherwise turn into another person's address.
 */
export function parseEmail(typed: string): string | null {
  const trimmed = typed.trim();
  if (trimmed.length > EMAIL_MAX_CHARACTERS || !isAscii(trimmed)) return null;
  const email = canonical(trimmed);
  return EMAIL.test(email) ? email : null;
}

/** The one spelling of what was typed, be it a name, an address or neither. */
export function canonical(typed: string): string {
  return typed.trim().normalize("NFKC").toLowerCase();
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}
