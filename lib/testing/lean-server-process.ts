import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { POST as register } from "@/app/api/auth/register/route";
import { GET as me } from "@/app/api/users/me/route";
import { createListener } from "@/lib/launch/listener";
import { auth } from "@/lib/server";

/** The real handlers over the real store behind the real listener, without Next: it starts in a moment. */
const HANDLERS: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  "/api/auth/login": login,
  "/api/auth/refresh": refresh,
  "/api/auth/register": register,
  "/api/users/me": me,
};

async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = incoming;
  const request = new Request(`http://localhost${url}`, {
    method,
    headers: headers as Record<string, string>,
    body: method === "GET" ? null : Readable.toWeb(incoming),
    duplex: "half",
  } as RequestInit);
  const answer = await HANDLERS[url]?.(request);
  response.statusCode = answer?.status ?? 404;
  for (const [name, value] of answer?.headers ?? []) response.appendHeader(name, value);
  response.end(await answer?.text());
}

await auth();
const onBug = (error: unknown) => void process.stderr.write(`${error}\n`);
const server = createListener(handle, {
  trustProxyHops: 0,
  origin: "http://localhost",
  dev: false,
  onBug,
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.once("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);
