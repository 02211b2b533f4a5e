import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { checkServer } from "./running-server";

async function withServer<T>(listener: RequestListener, work: (url: string) => Promise<T>) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

const answering =
  (status: number): RequestListener =>
  (request, response) =>
    response
      .writeHead(request.url === "/api/health/ready" ? status : 404, {
        "cache-control": "no-store",
      })
      .end();

test("a server that is ready at its own origin is found so", () =>
  withServer(answering(200), async (url) => {
    const [check, ...others] = await checkServer(`${url}/some/page`, { origin: url });
    expect(check).toMatchObject({ name: "server", status: "ok" });
    expect(others).toEqual([]);
  }));

test("a server without its database, and one of another origin, are told", () =>
  withServer(answering(503), async (url) => {
    const [unready, elsewhere] = await checkServer(url, { origin: "https://app.example.org" });
    expect(unready).toMatchObject({ status: "problem", detail: expect.stringContaining("503") });
    expect(elsewhere).toMatchObject({ status: "warning" });
  }));

test("an address where nothing listens is a problem with its cause", async () => {
  const gone = await withServer(answering(200), async (url) => url);
  const [check] = await checkServer(gone, null);
  expect(check).toMatchObject({
    status: "problem",
    detail: expect.stringContaining("ECONNREFUSED"),
  });
});
