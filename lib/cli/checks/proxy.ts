import type { Settings } from "@/lib/config";
import { isLoopback } from "@/lib/origin";
import { type Check, ok, warning } from "./check";

const NAME = "proxy headers";

type Place = Pick<Settings, "origin" | "host" | "port" | "trustProxyHops">;

/**
 * What `TRUST_PROXY_HOPS` means where this server stands. Whether it is the right number cannot be seen from here: sign
 * in from elsewhere and compare the address in `latchkey sessions list`.
 */
export function checkProxy({ origin, host, port, trustProxyHops }: Place): readonly Check[] {
  const isPublic = !isLoopback(new URL(origin));
  const listensToAll = !isLoopback(new URL(`http://${host.includes(":") ? `[${host}]` : host}`));
  if (trustProxyHops === 0) {
    if (!isPublic) return [ok(NAME, "X-Forwarded-For is ignored: clients are those who connect.")];
    // this server speaks no TLS, so something before it does
    const meaning = "so every client has the proxy's address, in limits and in lists";
    return [
      warning(NAME, `TRUST_PROXY_HOPS is 0 behind the proxy of an https origin, ${meaning}.`),
    ];
  }
  const entries =
    trustProxyHops === 1 ? "the last entry" : `entry ${trustProxyHops} from the right`;
  const meaning = `A client's address is ${entries} of X-Forwarded-For`;
  if (!isPublic && listensToAll) {
    const hole = `who connects to ${host}:${port} directly can name any`;
    return [warning(NAME, `${meaning}, and no proxy is known for a local origin: ${hole}.`)];
  }
  return [
    listensToAll
      ? ok(NAME, `${meaning}. Only your proxies may reach ${host}:${port}; that is not checked.`)
      : ok(NAME, `${meaning}; only this machine can connect.`),
  ];
}
