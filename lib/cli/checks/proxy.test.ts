import { expect, test } from "vitest";
import { checkProxy } from "./proxy";

const LOCAL = { origin: "http://localhost:3000", host: "127.0.0.1", port: 3000, trustProxyHops: 0 };
const PUBLIC = { ...LOCAL, origin: "https://app.example.org" };
const EVERYWHERE = { host: "::" };

test.each([
  ["a server of this machine", LOCAL, "ok", "ignored"],
  ["an https origin whose proxies are not counted", PUBLIC, "warning", "TRUST_PROXY_HOPS is 0"],
  ["one proxy on this machine", { ...PUBLIC, trustProxyHops: 1 }, "ok", "the last entry"],
  ["two proxies", { ...PUBLIC, trustProxyHops: 2 }, "ok", "entry 2 from the right"],
  [
    "a proxy on another machine",
    { ...PUBLIC, ...EVERYWHERE, trustProxyHops: 1 },
    "ok",
    "Only your proxies may reach",
  ],
  [
    "a header that anybody can send",
    { ...LOCAL, ...EVERYWHERE, trustProxyHops: 1 },
    "warning",
    "can name any",
  ],
])("%s", (_, place, status, words) => {
  expect(checkProxy(place)).toEqual([
    { name: "proxy headers", status, detail: expect.stringContaining(words) },
  ]);
});
