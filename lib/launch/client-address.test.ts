import { expect, test } from "vitest";
import { clientAddress } from "./client-address";

function addressOf(peer: string | undefined, forwarded: string | undefined, hops: number) {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return clientAddress({ headers, socket: { remoteAddress: peer } } as never, hops);
}

test("without proxies of ours the peer is the client, whatever it claims", () => {
  expect(addressOf("203.0.113.7", "1.1.1.1", 0)).toBe("203.0.113.7");
});

// bar 139
test("only the entry of the outermost proxy of ours counts, and what a client prepends does not shift it", () => {
  expect(addressOf("10.0.0.1", "198.51.100.4", 1)).toBe("198.51.100.4");
  expect(addressOf("10.0.0.1", "1.1.1.1, 198.51.100.4", 1)).toBe("198.51.100.4");
  expect(addressOf("10.0.0.1", "1.1.1.1,198.51.100.4 ,10.0.0.2", 2)).toBe("198.51.100.4");
});

// bar 145
test("a request that came past the proxies has no address rather than a claimed one", () => {
  expect(addressOf("10.0.0.1", undefined, 1)).toBeNull();
  expect(addressOf("10.0.0.1", "198.51.100.4", 2)).toBeNull();
  expect(addressOf(undefined, undefined, 0)).toBeNull();
});

// bar 140
test.each([
  ["::ffff:1.2.3.4", "1.2.3.4"],
  ["::FFFF:0102:0304", "1.2.3.4"],
  ["2001:DB8:0:0::0001", "2001:db8::1"],
  ["1.2.3.4:5678", "1.2.3.4"],
  ["[2001:db8::1]:5678", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
])("%s is %s", (entry, canonical) => {
  expect(addressOf("10.0.0.1", entry, 1)).toBe(canonical);
});

test.each(["unknown", "_hidden", "", "0x7f.1", "127.1", "01.02.03.04", "1.2.3.256", "<script>"])(
  "%j is no address",
  (entry) => {
    expect(addressOf("10.0.0.1", `9.9.9.9, ${entry}`, 1)).toBeNull();
  },
);
