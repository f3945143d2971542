import assert from "node:assert/strict";
import { isIPv4, isIPv6 } from "node:net";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isInBlock, parseAddressBlock, parseIpAddress } from "./ip-address.ts";

describe("parseIpAddress", () => {
  it("reads every spelling of an IPv6 address alike", () => {
    for (const text of ["2001:db8::ff00:42:8329", "2001:0DB8:0:0:0:FF00:0042:8329", "[2001:db8::ff00:42:8329]"]) {
      assert.deepEqual(parseIpAddress(text), { bits: 128, value: 0x20010db8_00000000_0000ff00_00428329n });
    }
    assert.deepEqual(parseIpAddress("::ffff:192.0.2.1"), parseIpAddress("::ffff:c000:201"));
    assert.deepEqual(parseIpAddress("::"), { bits: 128, value: 0n });
    assert.deepEqual(parseIpAddress("1::"), { bits: 128, value: 1n << 112n });
  });

  it("accepts what the platform accepts, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV4Extended(),
          fc.ipV6(),
          fc.string({ unit: fc.constantFrom(..."0123456789abcfF:.%[]/x "), maxLength: 24 }),
          fc
            .array(fc.constantFrom("::", ":", "0", "1", "ffff", "10000", "1.2.3.4", ".", "[", "]"), { maxLength: 12 })
            .map((parts) => parts.join("")),
        ),
        (text) => {
          const inner = /^\[(.*:.*)\]$/.exec(text)?.[1] ?? text;
          const isAddress = isIPv4(inner) || (isIPv6(inner) && !inner.includes("%"));
          assert.equal(parseIpAddress(text) !== null, isAddress, text);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("refuses zone ids, brackets round IPv4, leading zeros and short forms", () => {
    for (const text of [
      "fe80::1%eth0",
      "[127.0.0.1]",
      "127.0.0.01",
      "0177.0.0.1",
      "127.1",
      "2130706433",
      "0x7f.0.0.1",
      "",
    ]) {
      assert.equal(parseIpAddress(text), null, text);
    }
  });
});

describe("isInBlock", () => {
  it("compares the leading bits only, within one family", () => {
    const block = parseAddressBlock("172.16.0.0/12");
    for (const [text, isIn] of [
      ["172.15.255.255", false],
      ["172.16.0.0", true],
      ["172.31.255.255", true],
      ["172.32.0.0", false],
      ["::ac10:0", false],
    ] as const) {
      assert.equal(isInBlock(parseIpAddress(text)!, block), isIn, text);
    }
  });

  it("is refused for what is no block", () => {
    for (const text of ["10.0.0.0", "10.0.0.0/33", "name/8", "::/129"]) assert.throws(() => parseAddressBlock(text));
  });
});
