import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countrySpecs, isValidIBAN } from "ibantools";
import { ibanLengths, isIban } from "./iban-structure.ts";

test("has the lengths that ibantools has", () => {
  for (const [country, length] of ibanLengths()) {
    const expected = (countrySpecs as Readonly<Record<string, { readonly chars: number | null }>>)[country]?.chars;
    if (expected) assert.equal(length, expected, country);
  }
});

test("knows every country of the registry", () => {
  const registered = Object.entries(countrySpecs).filter(([, spec]) => spec.IBANRegistry);
  assert.deepEqual(
    registered.map(([country]) => country).filter((country) => !ibanLengths().has(country)),
    [],
  );
});

test("agrees with ibantools on numbers with one digit changed", () => {
  const published = ["DE89370400440532013000", "GB29NWBK60161331926819", "MT84MALT011000012345MTLCAST001S"];
  fc.assert(
    fc.property(fc.constantFrom(...published), fc.nat(14), fc.nat(9), (iban, at, digit) => {
      const changed = iban.slice(0, at + 2) + digit + iban.slice(at + 3);
      assert.equal(isIban(changed), isValidIBAN(changed), changed);
    }),
  );
});

test("reads an IBAN as it is printed, and with its name in front", () => {
  for (const text of ["DE89 3704 0044 0532 0130 00", "ibande89370400440532013000"]) assert.ok(isIban(text), text);
});
