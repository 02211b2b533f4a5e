import ipaddr from "ipaddr.js";

/** Bytes of an IPv6 address that name a network; who has one has all addresses in it. */
const NETWORK_BYTES = 8;

/**
 * What counts as one address: IPv4 as it is, also out of its IPv6 wrapping, IPv6 by its /64 in whatever spelling.
 * Null where the address is not known.
 */
export function addressBlock(ip: string | null): string | null {
  if (ip === null || !ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  const network = address.toByteArray().slice(0, NETWORK_BYTES);
  return `${Buffer.from(network).toString("hex")}/64`;
}
