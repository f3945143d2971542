import assert from "node:assert/strict";
import { test } from "node:test";
import { hasCardIssuer } from "./card-issuer.ts";

test("knows the ranges and lengths of the networks", () => {
  for (const [prefix, length] of [
    ["4", 13],
    ["4", 16],
    ["51", 16],
    ["2221", 16],
    ["2720", 16],
    ["34", 15],
    ["36", 14],
    ["6011", 16],
    ["62", 19],
    ["3528", 16],
    ["6759", 13],
    ["3088", 16],
    ["8600", 16],
  ] as const) {
    assert.ok(hasCardIssuer(prefix.padEnd(length, "0")), prefix);
  }
});

test("refuses ranges without a network and wrong lengths", () => {
  for (const [prefix, length] of [
    ["0", 16],
    ["15", 13],
    ["978", 13],
    ["2220", 16],
    ["2721", 16],
    ["4", 15],
    ["34", 16],
    ["69", 19],
  ] as const) {
    assert.ok(!hasCardIssuer(prefix.padEnd(length, "0")), prefix);
  }
});
