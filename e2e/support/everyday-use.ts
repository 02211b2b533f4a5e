import {
  type Account,
  type Browser,
  each,
  loginShot,
  ME,
  openBrowser,
  REFRESH,
} from "./cookie-browser";
import type { Latchkey } from "./latchkey";
import { type Outcome, steady } from "./traffic";

/** A second of everyday use: 60 % refreshes, 38 % reads, 2 % logins. */
const REFRESHES_PER_SECOND = 30;
const READS_PER_SECOND = 19;
const LOGINS_PER_SECOND = 1;
const GUESTS = 4;

/** Everyday use for so many seconds; every outcome should be 200. */
export async function everydayUse(
  app: Latchkey,
  account: Account,
  browsers: readonly Browser[],
  seconds: number,
): Promise<Outcome[]> {
  const guests = Array.from({ length: GUESTS }, () => openBrowser(app.origin));
  const outcomes = await Promise.all([
    steady(each(browsers, REFRESH), REFRESHES_PER_SECOND, seconds),
    steady(each(browsers, ME), READS_PER_SECOND, seconds),
    steady(each(guests, loginShot(account)), LOGINS_PER_SECOND, seconds),
  ]);
  for (const guest of guests) guest.close();
  return outcomes.flat();
}
