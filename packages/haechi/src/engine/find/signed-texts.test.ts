import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemRandom } from "../../providers/system/system-random.ts";
import { createSignedTexts } from "./signed-texts.ts";

describe("signed texts", () => {
  it("are known to whom they came, as often as they come back, and to nobody else", () => {
    const texts = createSignedTexts(systemRandom);
    assert.ok(!texts.knows("a", "thought"));
    texts.note("a", "thought");
    texts.note("b", "other");
    for (let times = 0; times < 3; times++) assert.ok(texts.knows("a", "thought"));
    assert.ok(!texts.knows("b", "thought"));
    assert.ok(!texts.knows("a", "thought "));
    // Two names must not run together into one.
    assert.ok(!texts.knows('a","b', "other"));
  });

  it("are none when they are empty", () => {
    const texts = createSignedTexts(systemRandom);
    texts.note("a", "");
    texts.note("a", "x");
    assert.ok(!texts.knows("a", ""));
    assert.ok(texts.knows("a", "x"));
  });

  it("are forgotten when 65536 others were met since", () => {
    const texts = createSignedTexts(systemRandom);
    texts.note("a", "forgotten");
    texts.note("a", "noted again");
    texts.note("a", "met");
    for (let index = 0; index < 65_533; index++) texts.note("a", String(index));
    texts.note("a", "noted again");
    assert.ok(texts.knows("a", "met"));
    texts.note("a", "one more");
    assert.ok(!texts.knows("a", "forgotten"));
    assert.ok(texts.knows("a", "noted again"));
    assert.ok(texts.knows("a", "met"));
    texts.note("a", "and another");
    assert.ok(!texts.knows("a", "0"));
    assert.ok(texts.knows("a", "1"));
  });
});
