import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as login from "@/app/api/auth/login/route";
import * as refresh from "@/app/api/auth/refresh/route";
import * as register from "@/app/api/auth/register/route";
import * as me from "@/app/api/users/me/route";
import { PATHS } from "@/lib/contract";
import { laneOf } from "@/lib/launch/lane";
import { createListener } from "@/lib/launch/listener";
import { auth } from "@/lib/server";

/** The real handlers over the real store, behind the real listener and its lane, without Next: it starts in a moment. */
const lane = laneOf([
  [PATHS.login, login],
  [PATHS.refresh, refresh],
  [PATHS.register, register],
  [PATHS.me, me],
]);

await auth();
const onBug = (error: unknown) => void process.stderr.write(`${error}\n`);
const server = createListener(lane, {
  trustProxyHops: 0,
  origin: "http://localhost",
  dev: false,
  onBug,
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.once("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);
