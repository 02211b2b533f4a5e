import { beforeAll, expect, test } from "vitest";
import { runExchange } from "@/lib/http/exchange";
import { embeddedApp } from "@/lib/testing/embedded-app";
import { GET } from "./route";

/** Without a token, on one's own machine. */
beforeAll(() => embeddedApp());

const read = (headers: Record<string, string> = {}) =>
  GET(new Request("http://localhost:3000/api/metrics", { headers }));

test("a program on this machine reads them without a token", async () => {
  const exchange = { clientAddress: "127.0.0.1", requestId: "test", status: null };
  const statusOf = async (isLocal: boolean, headers = {}) =>
    (await runExchange({ ...exchange, isLocal }, () => read(headers))).status;
  expect(await statusOf(true)).toBe(200);
  expect(await statusOf(false)).toBe(401);
  expect(await statusOf(true, { authorization: "Bearer guess" })).toBe(401);
});

test("where nobody can tell who asks, nobody reads them", async () => {
  expect((await read()).status).toBe(401);
});
