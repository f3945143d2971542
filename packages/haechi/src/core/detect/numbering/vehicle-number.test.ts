import assert from "node:assert/strict";
import { test } from "node:test";
import { hasVehicleCheckDigit, isVehicleNumber } from "./vehicle-number.ts";

test("accepts the check digit of published numbers, and of none with another", () => {
  // The first is the example of 49 CFR 565; of ones alone, the check digit is one.
  for (const vin of ["1M8GDM9AXKP042788", "1hgcm82633a004352", "5GZCZ43D13S812715"]) {
    assert.ok(hasVehicleCheckDigit(vin), vin);
    assert.ok(!hasVehicleCheckDigit(`${vin.slice(0, 8)}5${vin.slice(9)}`), vin);
  }
});

test("takes no word and no row of one figure for a number of a vehicle", () => {
  for (const text of ["ABCDEFGHJKLMNP123", "11111111111111111", "A1111111111111111"]) {
    assert.ok(!isVehicleNumber(text), text);
  }
});
