import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

type Request = Pick<IncomingMessage, "headers" | "socket">;

/**
 * Where a request comes from, in canonical form: lower case, shortest IPv6, IPv4 out of its IPv6 wrapping.
 *
 * With `trustProxyHops` 0 that is the socket's peer. Otherwise it is the entry that many places from the right of
 * `X-Forwarded-For`, since each of our own proxies appends who called it; what stands further left is the client's
 * own claim and is not looked at. Null where there is no such entry or it is no address.
 */
export function clientAddress(request: Request, trustProxyHops: number): string | null {
  if (trustProxyHops === 0) return peerAddress(request.socket);
  const header = request.headers["x-forwarded-for"] ?? "";
  const entries = (Array.isArray(header) ? header.join(",") : header).split(",");
  return canonicalAddress(entries.at(-trustProxyHops) ?? "");
}

/** Of connections, which bring many requests. */
const peers = new WeakMap<object, string | null>();

function peerAddress(socket: IncomingMessage["socket"]): string | null {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const address = canonicalAddress(socket.remoteAddress ?? "");
  peers.set(socket, address);
  return address;
}

/** An IPv4 or IPv6 address as some proxies write it, also with a port, or null. */
function canonicalAddress(entry: string): string | null {
  const text = entry.trim();
  const [, address = text] = /^\[(.*)\](?::\d+)?$/.exec(text) ?? /^([\d.]+):\d+$/.exec(text) ?? [];
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  return isAddress ? ipaddr.process(address).toString() : null;
}
