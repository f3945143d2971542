import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compilePlaceRules } from "../../core/document/field-rules.ts";
import { leafText } from "../../core/document/leaf.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { type FieldContent, type FieldContext, readFieldContents } from "./field-contents.ts";
import { createSignedTexts, type SignedTexts } from "./signed-texts.ts";

const utf8 = new TextEncoder();
const request: FieldContext = { direction: "request", scope: "" };
const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(300, 0xa7)]);

function contents(text: string, holds: FieldContent, context = request, signed = createSignedTexts(systemRandom)) {
  const document = tokenize(utf8.encode(JSON.stringify({ place: text })), { depthMax: 256 });
  return readFieldContents(document, compilePlaceRules([{ path: ["place"], holds }]), context, signed);
}

/** What is left to be scanned as a text. */
const readable = (...given: Parameters<typeof contents>) => leafText(contents(...given).readable, 1);

describe("what a place says", () => {
  it("is believed of an opaque value that is long base64, and of nothing else", () => {
    const opaque = "gAAAAAB_-".repeat(10);
    assert.equal(readable(opaque, "opaque"), "");
    assert.ok(contents(opaque, "opaque").fixed.has(1));
    for (const text of ["minji@example.com", "abc", `${opaque} `, `${opaque}@`, "a".repeat(63)]) {
      assert.equal(readable(text, "opaque"), text);
    }
  });

  it("is believed of an identifier that is a word in lower case, and of nothing else", () => {
    for (const word of ["assistant", "tool_use", "input-json.delta"]) assert.equal(readable(word, "identifier"), "");
    for (const text of ["minji@example.com", "Minji", "toolu_01A", "call 1", "900101-1234568", "a".repeat(41), ""]) {
      assert.equal(readable(text, "identifier"), text);
    }
  });

  it("is believed of media in a data URL or in long base64: what they are, their first bytes say", () => {
    const encoded = png.toString("base64");
    for (const text of [encoded, `data:text/plain;base64,${encoded}`, `DATA:image/png;name=x;base64,${encoded}`]) {
      const { media, readable } = contents(text, "media");
      assert.deepEqual(media, [{ leaf: 1, kind: "image" }]);
      assert.equal(leafText(readable, 1), "");
    }
    const raw = Buffer.alloc(300, 0xa7).toString("base64");
    assert.equal(contents(`data:audio/pcm;base64,${raw}`, "media").media[0]?.kind, "audio");
    assert.equal(contents(raw, "media").media[0]?.kind, "file");
  });

  it("is not believed of media that are links, short, or text that is only encoded", () => {
    for (const text of ["https://example.com/a.png?user=minji@example.com", "bWluamk=", "data:text/plain,minji"]) {
      assert.equal(readable(text, "media"), text);
    }
    const note = `${"a note ".repeat(40)} minji@example.com`;
    const { encodedTexts, media } = contents(`data:image/png;base64,${Buffer.from(note).toString("base64")}`, "media");
    assert.deepEqual(media, []);
    assert.equal(Buffer.from(encodedTexts[0]!.text).toString(), note);
  });

  it("is believed of a document that can be read; a broken one is text", () => {
    assert.equal(contents('{"password":"hunter2"}', "json").nested.size, 1);
    assert.equal(readable('{"password":"hunter2"}', "json"), "");
    assert.equal(readable('{"password":"hunter2"', "json"), '{"password":"hunter2"');
  });

  it("is believed of a signed text that came to the same caller, character for character", () => {
    const signed: SignedTexts = createSignedTexts(systemRandom);
    signed.note("team-a", "I think.");
    const asked = (text: string, scope: string) =>
      readable(text, "signed-text", { direction: "request", scope }, signed);
    assert.equal(asked("I think.", "team-a"), "");
    assert.equal(asked("I think. ", "team-a"), "I think. ");
    assert.equal(asked("I think.", "team-b"), "I think.");
  });

  it("leaves signed text of a response to be looked into, and never to be changed", () => {
    const { fixed, signed, readable } = contents("I think.", "signed-text", { direction: "response", scope: "" });
    assert.deepEqual([[...fixed], signed, leafText(readable, 1)], [[1], [1], "I think."]);
  });
});
