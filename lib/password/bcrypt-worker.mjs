// Runs in a worker thread, so that a hash of a quarter of a second does not hold up everything else.
import { scryptSync, timingSafeEqual } from "node:crypto";
import { readlinkSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { openBackend } from "./bcrypt-backend.mjs";

/** Ten steps below the process: a tenth of a core beside another thread that wants all of it, else the whole core. */
const NICENESS = 10;
const LOWEST_PRIORITY = 19;

yieldToEventLoop();

/** Which one is wanted is this thread's only argument. */
const bcrypt = await openBackend(process.argv[2] === "bcryptjs" ? "bcryptjs" : "native");
const by = { name: bcrypt.name, unusable: bcrypt.unusable };

/** @param {{ text: string, cost: number, beginBefore: number }} task */
export const hash = ({ text, cost, beginBefore }) =>
  timed(beginBefore, () => bcrypt.hash(text, cost));

/** @param {{ text: string, hash: string, beginBefore: number }} task */
export const compare = ({ text, hash, beginBefore }) =>
  timed(beginBefore, () => (hash.startsWith("$2") ? bcrypt.compare : compareScrypt)(text, hash));

/**
 * As Better Auth does: the salt is the text and not the bytes it stands for. 32 MiB.
 *
 * @param {string} text
 * @param {string} hash `<salt>:<key>`, both in hex, the key of 64 bytes
 */
function compareScrypt(text, hash) {
  const [salt = "", key = ""] = hash.split(":");
  const expected = Buffer.from(key, "hex");
  const cost = { N: 2 ** 14, r: 16, p: 1, maxmem: 2 ** 26 };
  return timingSafeEqual(scryptSync(text, salt, expected.length, cost), expected);
}

/**
 * @template Result
 * @param {number} beginBefore milliseconds since 1970; null is all that comes of work that is begun later
 * @param {() => Result} work
 */
function timed(beginBefore, work) {
  const startedAt = performance.now();
  if (performance.timeOrigin + startedAt > beginBefore) return null;
  const result = work();
  return { result, milliseconds: performance.now() - startedAt, by };
}

/**
 * Lets the event loop go first where there are fewer cores than threads that want one. Linux alone gives each thread
 * a priority of its own; elsewhere nothing happens.
 */
function yieldToEventLoop() {
  try {
    const threadId = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    setPriority(threadId, Math.min(LOWEST_PRIORITY, getPriority() + NICENESS));
  } catch {
    // no such file, or not allowed
  }
}
