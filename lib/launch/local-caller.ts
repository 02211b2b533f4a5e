import type { IncomingMessage } from "node:http";

/** What a proxy adds for whom it speaks. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/** An address, or a name with or without a port. By its form, since everybody is asked: to parse a URL takes longer. */
const LOCAL_HOST =
  /^(?:(?:[\w-]+\.)*localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|::1|\[::1\])(?::\d+)?$/i;

/**
 * Whether a program on this machine asks for itself: its socket is here, nobody says that he forwards, and it asks by
 * a name of this machine, which a page elsewhere whose name was made to lead here does not.
 *
 * Does NOT tell a proxy on this machine that is silent about itself; who relies on this must know that there is none.
 */
export function isLocalCaller({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">) {
  if (FORWARDED.some((name) => name in headers)) return false;
  return LOCAL_HOST.test(socket.remoteAddress ?? "") && LOCAL_HOST.test(headers.host ?? "");
}
