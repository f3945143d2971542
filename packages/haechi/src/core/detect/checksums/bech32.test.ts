import assert from "node:assert/strict";
import { test } from "node:test";
import { passesBech32 } from "./bech32.ts";

test("accepts the examples of BIP 173 and BIP 350", () => {
  assert.ok(passesBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
  assert.ok(passesBech32("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"));
  assert.ok(passesBech32("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"));
});

test("refuses mixed case, a changed character and a text without data", () => {
  assert.ok(!passesBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4"));
  assert.ok(!passesBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
  assert.ok(!passesBech32("bc1"));
});
