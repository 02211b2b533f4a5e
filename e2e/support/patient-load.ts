import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { ATTEMPT_HEADER } from "../../lib/contract";
import type { Shot } from "./connection";
import { type Browser, ME, REFRESH } from "./cookie-browser";

/**
 * Lets every browser refresh and read, again and again, until `end`. Who loses his connection asks the same again, as
 * browsers do; nothing else is repeated. `lost`: a hundred times in vain, which ends it.
 */
export function startPatientLoad(browsers: readonly Browser[]) {
  const counts: Record<string, number> = {};
  let resets = 0;
  let isOver = false;
  const patiently = async (browser: Browser, shot: Shot): Promise<number | "lost"> => {
    for (let tries = 0; tries < 100; tries++) {
      const answer = await browser.send(shot).catch(() => null);
      if (answer !== null) return answer.status;
      resets += 1;
      await pause(50);
    }
    isOver = true;
    return "lost";
  };
  const crowd = browsers.map(async (browser) => {
    while (!isOver) {
      const refresh = { ...REFRESH, headers: { [ATTEMPT_HEADER]: randomUUID() } };
      for (const shot of [refresh, ME]) {
        const status = await patiently(browser, shot);
        counts[status] = (counts[status] ?? 0) + 1;
      }
      // so that the machine has time left for starting instances
      await pause(20);
    }
  });
  return {
    async end() {
      isOver = true;
      await Promise.all(crowd);
      return { counts, resets };
    },
  };
}
