import { log } from "@/lib/log";

/** What the server itself has to tell, under the names of the OWASP logging vocabulary. */
type SystemEvent = "sys_startup" | "sys_shutdown" | "sys_restart" | "sys_crash" | "sys_notice";

/**
 * Tells the operator a sentence: a person at a terminal reads it as it is, everybody else gets a line of the log with
 * the facts beside it. Starting and stopping are warnings, so that a quiet log says them too.
 *
 * @param facts hold no values of settings
 */
export function announce(
  event: SystemEvent,
  sentence: string,
  facts: Readonly<Record<string, string | number>> = {},
): void {
  if (process.stdout.isTTY) process.stdout.write(`${sentence}\n`);
  else log()[event === "sys_notice" ? "info" : "warn"]({ event, ...facts }, sentence);
}

/** Something that was done, or is odd. */
export function notice(sentence: string): void {
  announce("sys_notice", sentence);
}
