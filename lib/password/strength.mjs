// The one place that decides whether a password is too weak: loaded by a worker thread of the server, which needs plain
// JavaScript, and by the browser while a new password is typed.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
// by file: the index would bring twice as much into the browser
import firstNames from "@zxcvbn-ts/language-en/dist/firstnames.json.mjs";
import words from "@zxcvbn-ts/language-en/dist/wikipedia.json.mjs";
import wordSequences from "@zxcvbn-ts/language-en/dist/wordSequences.json.mjs";

/** @typedef {import("../auth/weakness").Weakness} Weakness */

/** Refused below: a guesser who may only try online gets there. Eight random characters count 10⁸. */
const GUESSES_REFUSED = 1e6;
/** Code points. From here on nothing is estimated: no list holds it, and the work of an estimate stays bounded. */
const LENGTH_TRUSTED = 64;
/** Characters. Shorter own words are in every password. */
const OWN_WORD_MIN_LENGTH = 3;
/** For each different character outside ASCII; the estimator counts 10, as for any key of a keyboard. */
const GUESSES_BEYOND_ASCII = 10_000;

const leaked = new Set(common["passwords-common"]);

const estimator = new ZxcvbnFactory({
  dictionary: { ...common, ...wordSequences, "firstnames-en": firstNames, "wikipedia-en": words },
  graphs: adjacencyGraphs,
  maxLength: LENGTH_TRUSTED,
  // of digits and signs alone every combination would be tried: with 100 of them half a second
  l33tMaxSubstitutions: 5,
});

/**
 * What speaks against a password, and about how many guesses it withstands (1 to Infinity).
 *
 * Upper case and accents count nothing, nor do own words: what is left without them must be strong by itself. At most
 * two estimates of 64 characters, some 50 ms in the worst case. Does NOT look at the length that is asked for.
 *
 * @param {{ password: string, ownWords: readonly string[] }} task both exactly as typed
 * @returns {{ weakness: Weakness | null, guesses: number }}
 */
export function judge({ password, ownWords }) {
  const text = plain(password);
  if (leaked.has(text)) return { weakness: "too_common", guesses: 1 };
  const rest = without(ownWords.map(plain), text);
  const guesses = Math.min(guessesOf(text), rest === text ? Infinity : guessesOf(rest));
  if (guesses >= GUESSES_REFUSED) return { weakness: null, guesses };
  return { weakness: rest === text ? "too_guessable" : "made_of_own_name", guesses };
}

/**
 * In lower case, without accents and typographic forms.
 *
 * @param {string} typed
 */
function plain(typed) {
  return typed.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {string} text */
function guessesOf(text) {
  const characters = [...text];
  if (characters.length >= LENGTH_TRUSTED) return Infinity;
  const rare = new Set(characters.filter((character) => character > "\u007f"));
  return estimator.check(text).guesses * GUESSES_BEYOND_ASCII ** rare.size;
}

/**
 * The text without the words, forwards, backwards and in l33t. Both plain.
 *
 * @param {readonly string[]} words
 * @param {string} text
 */
function without(words, text) {
  const forms = words
    .filter((word) => word.length >= OWN_WORD_MIN_LENGTH)
    .map(unl33t)
    .flatMap((word) => [word, [...word].reverse().join("")])
    .sort((one, other) => other.length - one.length);
  let rest = text;
  for (const form of forms) {
    for (let at = unl33t(rest).indexOf(form); at !== -1; at = unl33t(rest).indexOf(form)) {
      rest = rest.slice(0, at) + rest.slice(at + form.length);
    }
  }
  return rest;
}

const LOOKALIKES = "01!|l34@5$7+89";
const LETTERS = "oiiiieaassttbg";

/**
 * One spelling of what looks alike, character by character, so that places stay the same.
 *
 * @param {string} text
 */
function unl33t(text) {
  return text.replace(/./gs, (sign) => LETTERS[LOOKALIKES.indexOf(sign)] ?? sign);
}
