/**
 * Why a password is too weak for a new one, in words for its owner: one short line beside the field.
 * The server says them and so does the browser while somebody types.
 */
export const WEAKNESSES = {
  too_common: "Among the first that anybody would try",
  made_of_own_name: "Too close to your name or address, or ours",
  too_guessable: "Too easy to guess: add a word or two",
} as const;

/** The `type` of the issue on the wire. */
export type Weakness = keyof typeof WEAKNESSES;

/** Code points; longer ones are refused at once, so that length is no way to make us work. */
export const PASSWORD_MAX_LENGTH = 256;
