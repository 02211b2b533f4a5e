import { expect, test } from "vitest";
import { addressBlock } from "./address-block";

// bar 140
test("all addresses of one /64, and all spellings of one address, are one block", () => {
  const one = addressBlock("2001:db8:1:2::1");
  for (const other of [
    "2001:DB8:1:2::1",
    "2001:0db8:0001:0002:0000:0000:0000:0001",
    "2001:db8:1:2:ffff:ffff:ffff:ffff",
    ...Array.from({ length: 64 }, (_, bit) => spelled(1n << BigInt(bit))),
  ]) {
    expect(addressBlock(other)).toBe(one);
  }
  expect(addressBlock("2001:db8:1:3::1")).not.toBe(one);
});

// bar 140
test("IPv4 counts address by address, also in its IPv6 wrapping", () => {
  for (const wrapped of ["::ffff:1.2.3.4", "::FFFF:102:304"]) {
    expect(addressBlock(wrapped)).toBe(addressBlock("1.2.3.4"));
  }
  expect(addressBlock("1.2.3.5")).not.toBe(addressBlock("1.2.3.4"));
});

test.each([null, "", "unknown", "1.2.3.4.5", "<script>"])("%j is no address", (ip) => {
  expect(addressBlock(ip)).toBeNull();
});

/** An address of the /64 with these 64 bits at its end. */
function spelled(end: bigint): string {
  const groups = end.toString(16).padStart(16, "0").match(/.{4}/g) ?? [];
  return `2001:db8:1:2:${groups.join(":")}`;
}
