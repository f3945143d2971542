import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { privatePath, privatePathOf } from "./private-path.ts";
import { tokenize } from "./tokenize.ts";

const hashed = (key: string) => `key_${createHash("sha256").update(key).digest("hex").slice(0, 12)}`;
const read = (text: string) => tokenize(new TextEncoder().encode(text), { depthMax: 16 });

describe("privatePath", () => {
  it("hashes keys and shows indexes", () => {
    const document = read('{"messages":[{"jane@example.com":"x"}]}');
    const path = `${hashed("messages")}.[0].${hashed("jane@example.com")}`;
    assert.equal(privatePath(document, 2), path);
    assert.match(path, /^key_[0-9a-f]{12}\.\[0\]\.key_[0-9a-f]{12}$/);
  });

  it("hashes what a key spells, not how it is written", () => {
    assert.equal(privatePath(read('{"\\u0061\\u00e9":1}'), 0), hashed("aé"));
  });

  it("is empty for a top-level string", () => {
    assert.equal(privatePath(read('"x"'), 0), "");
  });

  it("tells an index from a key of digits", () => {
    assert.notEqual(privatePathOf([0]), privatePathOf(["0"]));
    assert.equal(privatePathOf([]), "");
  });
});
