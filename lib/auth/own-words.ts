/** What is known of the owner of a password, as it was typed or is stored. */
export interface Identity {
  readonly username: string;
  readonly email: string;
  readonly name: string | null;
}

const APPLICATION = "latchkey";

/**
 * The words that make a password easier to guess for who knows its owner: user name, address, shown name and the name of
 * this application; each whole, without what separates its parts, and by its parts. As typed, none twice.
 */
export function ownWords({ username, email, name }: Identity): string[] {
  const [localPart = ""] = email.split("@");
  const known = [username, email, localPart, name ?? "", APPLICATION];
  const words = known.flatMap((text) => {
    const parts = text.split(/[^\p{L}\p{M}\p{N}]+/u);
    return [text, parts.join(""), ...parts];
  });
  return [...new Set(words)].filter((word) => word !== "");
}
