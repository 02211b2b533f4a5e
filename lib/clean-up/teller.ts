import { tellFailure } from "@/lib/http/failure";
import { log } from "@/lib/log";
import { instruments } from "@/lib/metrics/instruments";
import type { CleanUpListener } from "./schedule";

/** Says in the log and in the metrics what became of a clean-up; one that found nothing makes no line. */
export const cleanUpTeller: CleanUpListener = {
  onDone(cleaned) {
    const { cleanUpRuns, cleanedUpRows } = instruments();
    cleanUpRuns.inc({ outcome: cleaned === null ? "elsewhere" : "done" });
    if (cleaned === null) return;
    const { sessions, throttles } = cleaned;
    cleanedUpRows.inc({ table: "session" }, sessions);
    cleanedUpRows.inc({ table: "throttle" }, throttles);
    if (sessions + throttles > 0) log().info({ event: "sys_cleanup", sessions, throttles });
  },
  onFailure(error) {
    instruments().cleanUpRuns.inc({ outcome: "failed" });
    tellFailure(error, {});
  },
};
