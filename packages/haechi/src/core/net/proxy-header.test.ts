import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { extraField, ipv4Block, proxyHeader2 } from "../../../test/support/proxy-headers.ts";
import { readProxyHeader } from "./proxy-header.ts";

const ascii = (text: string) => Buffer.from(text, "latin1");

const LOCAL = 0;
const PROXY = 1;
const IPV6 = Buffer.concat([Buffer.from("20010db8000000000000000000000001", "hex"), Buffer.alloc(20, 1)]);

/** Whole headers and the source that each tells; lengths are those that the specification names as the longest. */
const WHOLE: readonly (readonly [header: Buffer, source: string | null])[] = [
  [ascii("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"), "255.255.255.255"],
  [
    ascii(`PROXY TCP6 ${"ffff:".repeat(7)}ffff ${"ffff:".repeat(7)}ffff 65535 65535\r\n`),
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ],
  [ascii("PROXY TCP6 2001:db8::1 ::1 0 443\r\n"), "2001:db8::1"],
  [ascii("PROXY UNKNOWN\r\n"), null],
  [ascii(`PROXY UNKNOWN ${"ffff:".repeat(7)}ffff ${"ffff:".repeat(7)}ffff 65535 65535\r\n`), null],
  [proxyHeader2(LOCAL, 0x00, Buffer.alloc(0)), null],
  [proxyHeader2(LOCAL, 0x11, ipv4Block([192, 0, 2, 1])), null],
  [proxyHeader2(LOCAL, 0xff, Buffer.alloc(3)), null],
  [proxyHeader2(PROXY, 0x00, Buffer.alloc(5)), null],
  [proxyHeader2(PROXY, 0x11, ipv4Block([192, 0, 2, 1])), "192.0.2.1"],
  [proxyHeader2(PROXY, 0x12, ipv4Block([0, 0, 0, 0])), "0.0.0.0"],
  [proxyHeader2(PROXY, 0x11, ipv4Block([192, 0, 2, 1], extraField(0x02, ascii("haechi.example")))), "192.0.2.1"],
  [proxyHeader2(PROXY, 0x21, IPV6), "2001:db8:0:0:0:0:0:1"],
  [proxyHeader2(PROXY, 0x31, Buffer.alloc(216, 0x2f)), null],
  [proxyHeader2(PROXY, 0x11, ipv4Block([192, 0, 2, 1], Buffer.alloc(4068))), "192.0.2.1"],
];

const MALFORMED: readonly Buffer[] = [
  ascii("GET / HTTP/1.1\r\n\r\n"),
  ascii("PROXY  TCP4 192.0.2.1 192.0.2.2 1 2\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\r\n"),
  ascii("PROXY TCP4 192.0.2.1  192.0.2.2 1 2\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 01 2\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 +1 2\r\n"),
  ascii("PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n"),
  ascii("PROXY TCP4 2001:db8::1 192.0.2.2 1 2\r\n"),
  ascii("PROXY TCP6 192.0.2.1 ::1 1 2\r\n"),
  ascii("PROXY TCP6 [2001:db8::1] ::1 1 2\r\n"),
  ascii("PROXY TCP4\t192.0.2.1 192.0.2.2 1 2\r\n"),
  ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\0\r\n"),
  ascii("PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n"),
  ascii("PROXY \r\n"),
  ascii("proxy TCP4 192.0.2.1 192.0.2.2 1 2\r\n"),
  ascii(`PROXY UNKNOWN ${"x".repeat(94)}`),
  ascii(`PROXY UNKNOWN ${"x".repeat(92)}\r\n`),
  proxyHeader2(2, 0x11, ipv4Block([192, 0, 2, 1])),
  proxyHeader2(0x10 | PROXY, 0x11, ipv4Block([192, 0, 2, 1])),
  proxyHeader2(PROXY, 0x10, ipv4Block([192, 0, 2, 1])),
  proxyHeader2(PROXY, 0x13, ipv4Block([192, 0, 2, 1])),
  proxyHeader2(PROXY, 0x41, Buffer.alloc(216)),
  proxyHeader2(PROXY, 0x11, Buffer.alloc(11)),
  proxyHeader2(PROXY, 0x21, Buffer.alloc(35)),
  proxyHeader2(PROXY, 0x31, Buffer.alloc(215)),
  proxyHeader2(PROXY, 0x11, Buffer.alloc(4081)),
  proxyHeader2(LOCAL, 0x00, Buffer.alloc(65_535)),
];

describe("headers of the PROXY protocol", () => {
  it("tell the source of a connection, whatever follows them", () => {
    const longest = WHOLE.map(([header]) => header.length);
    assert.deepEqual(longest.slice(0, 2), [56, 104]);
    assert.equal(longest[4], 107);
    for (const [header, source] of WHOLE) {
      const whole = { kind: "whole", length: header.length, source };
      assert.deepEqual(readProxyHeader(header), whole);
      assert.deepEqual(readProxyHeader(Buffer.concat([header, header])), whole);
    }
  });

  it("are unfinished wherever they are cut", () => {
    for (const [header] of WHOLE) {
      for (let length = 0; length < header.length; length++) {
        assert.deepEqual(readProxyHeader(header.subarray(0, length)), { kind: "unfinished" }, `${length}`);
      }
    }
  });

  it("are malformed when they are anything else, and stay so whatever follows", () => {
    for (const bytes of MALFORMED) {
      assert.deepEqual(readProxyHeader(bytes), { kind: "malformed" }, bytes.toString("latin1"));
      assert.deepEqual(readProxyHeader(Buffer.concat([bytes, ascii("\r\n")])), { kind: "malformed" });
    }
  });

  it("are never waited for beyond their longest, and are read alike however much has come", () => {
    const begun = fc.constantFrom(ascii("PROXY "), proxyHeader2(PROXY, 0x11, Buffer.alloc(0)).subarray(0, 12));
    fc.assert(
      fc.property(begun, fc.uint8Array({ minLength: 0, maxLength: 5000 }), fc.nat(5000), (begins, rest, cut) => {
        const bytes = Buffer.concat([begins, rest]);
        const said = readProxyHeader(bytes);
        if (said.kind === "unfinished") assert.ok(bytes.length < (begins.length === 6 ? 107 : 4096));
        const before = readProxyHeader(bytes.subarray(0, cut));
        // What was decided with fewer bytes is decided alike with more.
        if (before.kind !== "unfinished") assert.deepEqual(before, said);
        if (said.kind === "whole") assert.ok(said.length <= bytes.length);
      }),
    );
  });

  it("say every address of IPv4 and IPv6 as it was sent", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.array(octet, { minLength: 4, maxLength: 4 }), (octets) => {
        const said = { kind: "whole", source: octets.join(".") };
        const second = proxyHeader2(PROXY, 0x11, ipv4Block(octets));
        assert.deepEqual(readProxyHeader(second), { ...said, length: second.length });
        const first = ascii(`PROXY TCP4 ${octets.join(".")} 127.0.0.1 1 2\r\n`);
        assert.deepEqual(readProxyHeader(first), { ...said, length: first.length });
      }),
    );
  });
});
