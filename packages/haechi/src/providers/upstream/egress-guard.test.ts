import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { describe, it } from "node:test";
import type { HaechiError } from "../../core/errors.ts";
import { allowedAddresses, checkedLookup, type EgressRule, pinnedLookup } from "./egress-guard.ts";

const noResolver: EgressRule = { resolve: () => assert.fail("an address is not resolved") };
const answering = (...addresses: string[]): EgressRule => ({
  resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
});

describe("allowedAddresses", () => {
  it("takes an address for itself, with the family that it is of", async () => {
    assert.deepEqual(await allowedAddresses(new URL("https://1.1.1.1/"), noResolver), [
      { address: "1.1.1.1", family: 4 },
    ]);
    assert.deepEqual(await allowedAddresses(new URL("https://[2606:4700:4700::1111]/"), noResolver), [
      { address: "2606:4700:4700::1111", family: 6 },
    ]);
  });

  it("refuses an address that is not public, however a URL writes it", async () => {
    for (const host of [
      "127.0.0.1",
      "2130706433",
      "0x7f.1",
      "[::1]",
      "[::ffff:7f00:1]",
      "169.254.169.254",
      "[fe80::1]",
    ]) {
      await assert.rejects(allowedAddresses(new URL(`https://${host}/`), noResolver), reason("address_blocked"), host);
    }
  });

  it("refuses a name for one address among many, and for one that cannot be read", async () => {
    const url = new URL("https://name.example/");
    assert.equal((await allowedAddresses(url, answering("1.1.1.1", "2606:4700:4700::1111"))).length, 2);
    for (const bad of ["10.0.0.1", "::1", "2606:4700:4700::1111%eth0", ""]) {
      await assert.rejects(allowedAddresses(url, answering("1.1.1.1", bad)), reason("address_blocked"), bad);
    }
  });

  it("goes by the rule that it is given", async () => {
    const isBlocked = (address: string) => address === "1.1.1.1";
    assert.equal((await allowedAddresses(new URL("https://127.0.0.1/"), { isBlocked })).length, 1);
    await assert.rejects(allowedAddresses(new URL("https://1.1.1.1/"), { isBlocked }), reason("address_blocked"));
  });

  it("refuses a name without addresses, and one that cannot be resolved", async () => {
    const url = new URL("https://name.example/");
    await assert.rejects(allowedAddresses(url, answering()), reason("name_unresolved"));
    const failing: EgressRule = { resolve: () => Promise.reject(new Error("ENOTFOUND")) };
    await assert.rejects(allowedAddresses(url, failing), reason("name_unresolved"));
  });
});

describe("lookups for sockets", () => {
  const one = { address: "1.1.1.1", family: 4 };
  const other = { address: "2606:4700:4700::1111", family: 6 };

  it("answer with the pinned addresses, all of them only when all are asked for", async () => {
    assert.deepEqual(await looked(pinnedLookup([one, other]), true), [[one, other], undefined]);
    assert.deepEqual(await looked(pinnedLookup([other, one]), false), [other.address, 6]);
  });

  it("resolve anew for each connection, and check what comes back each time", async () => {
    const answers = [[one], [{ address: "127.0.0.1", family: 4 }]];
    const lookup = checkedLookup({ resolve: async () => answers.shift()! });
    assert.deepEqual(await looked(lookup, true), [[one], undefined]);
    await assert.rejects(looked(lookup, true), reason("address_blocked"));
  });
});

function looked(lookup: ReturnType<typeof pinnedLookup>, all: boolean): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const answer = (error: Error | null, found: string | LookupAddress[], family?: number) =>
      error === null ? resolve([found, family]) : reject(error);
    lookup("name.example", { all }, answer);
  });
}

function reason(expected: string): (error: HaechiError) => true {
  return (error) => {
    assert.deepEqual([error.code, error.reason], ["UPSTREAM_UNREACHABLE", expected]);
    return true;
  };
}
