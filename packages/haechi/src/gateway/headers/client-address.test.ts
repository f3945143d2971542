import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import fc from "fast-check";
import { hopRules } from "./client-address.ts";

const HOPS = ["10.0.0.0/8", "2001:db8:1::/48", "192.0.2.7"];

describe("the address of a client", () => {
  const { clientAddress, isTrusted } = hopRules(HOPS, "x-forwarded-for");
  const from = (peer: string, ...values: readonly string[]) =>
    clientAddress(
      peer,
      values.flatMap((value) => ["X-Forwarded-For", value]),
    );

  it("is that of whoever connects, unless it is a trusted hop", () => {
    assert.equal(from("198.51.100.1", "203.0.113.5"), "198.51.100.1");
    assert.equal(from("10.1.2.3", "203.0.113.5"), "203.0.113.5");
    assert.equal(from("::ffff:10.1.2.3", "203.0.113.5"), "203.0.113.5");
    assert.equal(from("2001:db8:1::9", "2001:db8:2::1"), "2001:db8:2::1");
    assert.equal(from("10.1.2.3"), "10.1.2.3");
  });

  it("is the last one that no trusted hop has, in one header or several", () => {
    assert.equal(from("10.1.2.3", "1.1.1.1, 203.0.113.5, 192.0.2.7"), "203.0.113.5");
    assert.equal(from("10.1.2.3", "1.1.1.1", "203.0.113.5", "192.0.2.7,10.9.9.9"), "203.0.113.5");
    assert.equal(from("10.1.2.3", "10.1.1.1, 10.2.2.2"), "10.1.1.1");
  });

  it("is read with a port and in brackets, and not beyond what is no address", () => {
    assert.equal(from("10.1.2.3", "203.0.113.5:4711"), "203.0.113.5");
    assert.equal(from("10.1.2.3", "[2001:db8:2::1]:4711"), "2001:db8:2::1");
    for (const odd of ["unknown", "", "_hidden", "203.0.113.5 x", "999.1.1.1", "1.1.1.1, unknown"]) {
      assert.equal(from("10.1.2.3", odd), "10.1.2.3", odd);
    }
  });

  it("cannot be chosen by a client, whatever it sends to a trusted hop", () => {
    fc.assert(
      fc.property(fc.string(), (sent) => {
        assert.equal(from("10.1.2.3", `${sent}, 203.0.113.5`), "203.0.113.5");
        assert.equal(from("198.51.100.1", sent), "198.51.100.1");
      }),
    );
  });

  it("is that of whoever connects where no hop is named", () => {
    const none = hopRules(null, "x-forwarded-for");
    assert.equal(none.clientAddress("10.1.2.3", ["x-forwarded-for", "203.0.113.5"]), "10.1.2.3");
    assert.ok(none.isTrusted("198.51.100.1"));
    assert.ok(isTrusted("192.0.2.7") && !isTrusted("192.0.2.8") && !isTrusted(undefined));
  });
});

test("Forwarded is read by RFC 7239, and only where it is asked for", () => {
  const { clientAddress } = hopRules(HOPS, "forwarded");
  const from = (value: string) => clientAddress("10.1.2.3", ["Forwarded", value, "X-Forwarded-For", "1.1.1.1"]);
  assert.equal(from("for=203.0.113.5"), "203.0.113.5");
  assert.equal(from('for="_gazonk", For="[2001:db8:2::1]:4711";proto=https'), "2001:db8:2::1");
  assert.equal(from("proto=http;for=203.0.113.5;by=10.0.0.1, for=192.0.2.7"), "203.0.113.5");
  assert.equal(from("proto=https"), "10.1.2.3");
});
