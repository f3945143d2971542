import assert from "node:assert/strict";
import { test } from "node:test";
import { isMachineReadableZone } from "./machine-readable-zone.ts";

// The specimens of ICAO 9303 parts 4 and 5.
const NAMES = `P<UTOERIKSSON<<ANNA<MARIA${"<".repeat(19)}`;
const DATED = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const CARD = [`I<UTOD231458907${"<".repeat(15)}`, "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];

test("accepts the specimens of the standard", () => {
  assert.ok(isMachineReadableZone(`${NAMES}\n${DATED}`));
  assert.ok(isMachineReadableZone(DATED));
  assert.ok(isMachineReadableZone(CARD.join("\n")));
});

test("refuses a wrong check digit and lines of another length", () => {
  assert.ok(!isMachineReadableZone(DATED.replace("L898902C36", "L898902C37")));
  assert.ok(!isMachineReadableZone(`${NAMES}<\n${DATED}`));
  assert.ok(!isMachineReadableZone(CARD.join("\n").replace("7408122F", "7408123F")));
});
