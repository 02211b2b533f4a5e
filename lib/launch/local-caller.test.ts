import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { isLocalCaller } from "./local-caller";

const caller = (remoteAddress: string | undefined, headers: Record<string, string>) =>
  isLocalCaller({ headers, socket: { remoteAddress } } as IncomingMessage);

test.each([
  ["127.0.0.1", "localhost:3000"],
  ["::1", "[::1]:3000"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
])("%s that asks %s is on this machine", (address, host) => {
  expect(caller(address, { host })).toBe(true);
});

test.each([
  ["192.0.2.1", "localhost:3000", {}],
  ["::ffff:192.0.2.1", "localhost:3000", {}],
  [undefined, "localhost:3000", {}],
  ["127.0.0.1", "evil.example:3000", {}],
  ["127.0.0.1", "127.0.0.1.evil.example", {}],
  ["127.0.0.1", "", {}],
  ["127.0.0.1", "localhost", { "x-forwarded-for": "192.0.2.1" }],
  ["127.0.0.1", "localhost", { forwarded: "for=192.0.2.1" }],
  ["127.0.0.1", "localhost", { via: "1.1 proxy" }],
] as const)("%s that asks %j, with %j, may be anywhere", (address, host, headers) => {
  expect(caller(address, { host, ...headers })).toBe(false);
});
