import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HAS_NON_ASCII, STRING_LEAF } from "./json-document.ts";
import { textDocument } from "./text-document.ts";

const encode = (text: string) => new TextEncoder().encode(text);

describe("textDocument", () => {
  it("is one literal string leaf over all bytes", () => {
    const bytes = encode('say "\\n" and \\u0041');
    const { format, leaves, containers } = textDocument(bytes);
    assert.deepEqual([format, leaves.count, containers.count], ["text", 1, 0]);
    assert.deepEqual([leaves.kind[0], leaves.start[0], leaves.end[0]], [STRING_LEAF, 0, bytes.length]);
    assert.deepEqual([leaves.flags[0], leaves.container[0], leaves.slot[0]], [0, -1, -1]);
  });

  it("marks text beyond ASCII", () => {
    assert.equal(textDocument(encode("naïve")).leaves.flags[0], HAS_NON_ASCII);
  });

  it("takes empty text", () => {
    assert.equal(textDocument(new Uint8Array()).leaves.end[0], 0);
  });

  it("refuses ill-formed UTF-8", () => {
    assert.throws(() => textDocument(Uint8Array.of(0x61, 0xff)), { code: "DOCUMENT_NOT_UTF8" });
  });
});
