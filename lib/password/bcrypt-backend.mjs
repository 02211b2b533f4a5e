// Which code computes bcrypt. Plain JavaScript, since worker threads load it.
import { timingSafeEqual } from "node:crypto";
import { compareSync, decodeBase64, hashSync } from "bcryptjs";

/** @typedef {"native" | "bcryptjs"} BackendName */

/**
 * @typedef {object} BackendNews which one it is, and where it is not the one that was asked for
 * @property {BackendName} name
 * @property {string | null} unusable why the native one is installed and not used; null where it is used, or was not
 *   asked for, or is not installed
 */

/**
 * Both answer the same for the same text, of which 72 bytes count, and make `$2b$` of it. The text is well-formed Unicode
 * of any length, NUL included; the hash is bcrypt as `lib/auth/stored-password.ts` lets it through.
 *
 * @typedef {object} Backend
 * @property {(text: string, cost: number) => string} hash
 * @property {(text: string, hash: string) => boolean} compare
 */

/** @type {Backend} */
const BCRYPTJS = { hash: hashSync, compare: compareSync };

/** Only one that agrees with it may speak for us: a known text, hashed elsewhere at the lowest cost. */
const PROOF = { text: "abc", hash: "$2b$04$abcdefghijklmnopqrstuuCi15uRb1eH7NAlJ/TgeJertyknQpYn2" };

const loadNative = () => import("@node-rs/bcrypt");

/**
 * The native one where it is wanted, installed and fit for this machine; bcryptjs otherwise.
 *
 * @param {BackendName} wanted
 * @param {() => Promise<Pick<typeof import("@node-rs/bcrypt"), "hashSync">>} load
 * @returns {Promise<Backend & BackendNews>}
 */
export async function openBackend(wanted, load = loadNative) {
  if (wanted === "bcryptjs") return { ...BCRYPTJS, name: "bcryptjs", unusable: null };
  try {
    const native = nativeBackend(await load());
    if (!native.compare(PROOF.text, PROOF.hash)) throw new Error("What it computes is not bcrypt");
    return { ...native, name: "native", unusable: null };
  } catch (error) {
    return { ...BCRYPTJS, name: "bcryptjs", unusable: whyUnusable(error) };
  }
}

/** @param {unknown} error */
function whyUnusable(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === "ERR_MODULE_NOT_FOUND") return null;
  const [firstSentence = message] = message.split(/\n|\. /);
  return firstSentence;
}

/**
 * Compares by hashing with the same salt. The package's own comparison would not: it answers without any work where bits
 * of the salt are set that do not count, as in the hash of nobody (`password.ts`), and so would tell who has an account.
 *
 * @param {Pick<typeof import("@node-rs/bcrypt"), "hashSync">} native
 * @returns {Backend}
 */
function nativeBackend({ hashSync: nativeHash }) {
  return {
    hash: (text, cost) => nativeHash(text, { cost }),
    compare(text, hash) {
      // $2b$12$<salt of 22><digest of 31>
      const salt = Uint8Array.from(decodeBase64(hash.slice(7, 29), 16));
      const version = /** @type {import("@node-rs/bcrypt").Version} */ (hash.slice(1, 3));
      const made = nativeHash(text, { version, cost: Number(hash.slice(4, 6)), salt });
      return timingSafeEqual(Buffer.from(made), Buffer.from(hash));
    },
  };
}
