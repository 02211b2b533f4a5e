import type { IncomingMessage } from "node:http";
import { isLoopback } from "@/lib/origin";

/** What a proxy adds for whom it speaks. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/**
 * Whether a program on this machine asks for itself: its socket is here, nobody says that he forwards, and it asks by
 * a name of this machine, which a page elsewhere whose name was made to lead here does not.
 *
 * Does NOT tell a proxy on this machine that is silent about itself; who relies on this must know that there is none.
 */
export function isLocalCaller({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">) {
  if (FORWARDED.some((name) => name in headers)) return false;
  return isLocalHost(socket.remoteAddress ?? "") && isLocalHost(headers.host ?? "");
}

/** An address, or a name with or without a port. */
function isLocalHost(host: string): boolean {
  const name = host.replace(/^::ffff:/, "");
  const url = `http://${name === "::1" ? "[::1]" : name}`;
  return name !== "" && URL.canParse(url) && isLoopback(new URL(url));
}
