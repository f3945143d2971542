import assert from "node:assert/strict";
import { test } from "node:test";
import { isBitcoinAddress, isMixedCaseHex, isOtherCoinAddress } from "./wallet-addresses.ts";

test("accepts published addresses of each coin", () => {
  assert.ok(isBitcoinAddress("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"));
  assert.ok(isBitcoinAddress("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"));
  assert.ok(isOtherCoinAddress("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"));
  assert.ok(isOtherCoinAddress("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"));
  assert.ok(isOtherCoinAddress("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L"));
});

test("refuses a changed character and the address of another coin", () => {
  assert.ok(!isBitcoinAddress("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"));
  assert.ok(!isBitcoinAddress("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"));
  assert.ok(!isOtherCoinAddress("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"));
});

test("tells letters of both cases from those of one", () => {
  assert.ok(isMixedCaseHex("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  assert.ok(!isMixedCaseHex("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"));
});
