import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyAddress, isBlockedAddress, isLoopbackHost, isPrivateHost } from "./address-class.ts";
import { parseIpAddress } from "./ip-address.ts";

/** First and last address of each block, and the neighbours that are outside. */
const vectors = {
  loopback: [
    "127.0.0.0",
    "127.0.0.1",
    "127.255.255.255",
    "::1",
    "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
  ],
  private: [
    ...["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255"],
    ...["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fec0::1", "::ffff:10.1.2.3", "::ffff:c0a8:101"],
  ],
  "link-local": ["169.254.0.0", "169.254.169.254", "169.254.255.255", "fe80::", "febf::1", "::ffff:169.254.169.254"],
  unspecified: ["0.0.0.0", "0.255.255.255", "::", "::ffff:0.0.0.0"],
  multicast: ["224.0.0.0", "239.255.255.255", "ff00::", "ff02::1", "::ffff:224.0.0.1"],
  reserved: [
    ...["100.64.0.0", "100.127.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.1", "192.88.99.1", "198.18.0.0"],
    ...["198.19.255.255", "198.51.100.1", "203.0.113.255", "240.0.0.0", "255.255.255.255"],
    ...["100::1", "64:ff9b::8.8.8.8", "64:ff9b:1::8.8.8.8", "2002:808:808::1", "2001:0:1::f7f7:f7f7", "::8.8.8.8"],
    // NAT64, its local prefix, 6to4, Teredo (inverted) and the compatible form, with any address in them.
    ...["64:ff9b::", "64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::192.168.0.1", "2002:0a00:0001::1"],
    ...["2001:0:1::f5ff:fffe", "::10.0.0.1", "::127.0.0.1", "::2"],
    ...["::ffff:0:8.8.8.8", "2001:2::1", "2001:1ff:ffff::", "2001:db8::1", "3fff::1", "3fff:fff:ffff::", "5f00::1"],
    ...["1fff:ffff::1", "4000::1", "e000::1", "::ffff:198.18.0.1"],
  ],
  public: [
    ...["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"],
    ...["128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0"],
    ...["192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8"],
    ...["2000::", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1111", "3fff:1000::1"],
  ],
} as const;

describe("classifyAddress", () => {
  for (const [addressClass, addresses] of Object.entries(vectors)) {
    it(`tells ${addressClass} addresses`, () => {
      for (const address of addresses) {
        assert.equal(classifyAddress(parseIpAddress(address)!), addressClass, address);
        assert.equal(isBlockedAddress(address), addressClass !== "public", address);
        if (address.includes(":")) assert.equal(isBlockedAddress(`[${address}]`), addressClass !== "public", address);
      }
    });
  }
});

describe("isBlockedAddress", () => {
  it("is false for what is not an address", () => {
    for (const host of ["", "localhost", "example.com", "10.0.0", "10.0.0.1.example.com", "fe80::1%eth0"]) {
      assert.ok(!isBlockedAddress(host), host);
    }
  });
});

describe("isLoopbackHost", () => {
  it("is true for localhost and loopback addresses", () => {
    for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "[::1]", "::ffff:127.0.0.1"]) {
      assert.ok(isLoopbackHost(host), host);
    }
  });

  it("is false for every other host", () => {
    for (const host of [
      "",
      "0.0.0.0",
      "::",
      "10.0.0.1",
      "localhost.example.com",
      "127.0.0.1.example.com",
      "127.1",
      "8.8.8.8",
      "::127.0.0.1",
    ]) {
      assert.ok(!isLoopbackHost(host), host);
    }
  });
});

describe("isPrivateHost", () => {
  it("is true for this machine and private networks", () => {
    for (const host of ["localhost", "127.0.0.1", "10.1.2.3", "192.168.1.1", "[fd00::1]"]) {
      assert.ok(isPrivateHost(host), host);
    }
  });

  it("is false for public, link-local and shared addresses, and for names", () => {
    for (const host of ["8.8.8.8", "169.254.169.254", "100.64.0.1", "ollama.internal", "0.0.0.0"]) {
      assert.ok(!isPrivateHost(host), host);
    }
  });
});
