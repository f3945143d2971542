import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detect } from "./detect.ts";

describe("detect", () => {
  it("says what stands where, in UTF-16 units", () => {
    const text = "🙂 메일은 jane@example.com, 전화는 010-2345-6789";
    const found = detect(text, { direction: "request" });
    assert.deepEqual(
      found.map(({ type, value }) => [type, value]),
      [
        ["email", "jane@example.com"],
        ["phone", "010-2345-6789"],
      ],
    );
    for (const { start, end, value } of found) assert.equal(text.slice(start, end), value);
  });

  it("takes the key for evidence and finds nothing in it", () => {
    assert.deepEqual(detect("S3cr3tV4lue99x"), []);
    assert.deepEqual(
      detect("S3cr3tV4lue99x", { key: "password" }).map(({ type, start, end }) => [type, start, end]),
      [["secret", 0, 14]],
    );
    assert.deepEqual(detect("nothing", { key: "jane@example.com" }), []);
  });

  it("covers a disguised value as it stands in the text", () => {
    const [found] = detect("mail jane\u200b@example.org please");
    assert.equal(found?.value, "jane\u200b@example.org");
  });

  it("reads a text with half a surrogate pair", () => {
    assert.equal(detect("\ud800 jane@example.com")[0]?.start, 2);
  });
});
