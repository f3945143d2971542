import assert from "node:assert/strict";
import { test } from "node:test";
import { countrySpecs } from "ibantools";
import { ibanLengths } from "./iban-structure.ts";

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
