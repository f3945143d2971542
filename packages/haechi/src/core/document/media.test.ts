import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decodeBase64 } from "./encoded-text.ts";
import { mediaKindOf } from "./media.ts";

const bytes = (head: string, length = 64) => Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(length, 0xa7)]);

describe("mediaKindOf", () => {
  it("knows formats by their first bytes, whatever they are said to be", () => {
    const formats: readonly [string, string][] = [
      ["image", "\x89PNG\r\n\x1a\n"],
      ["image", "\xff\xd8\xff\xe0"],
      ["image", "GIF89a"],
      ["image", "RIFF\x01\x02\x03\x04WEBPVP8 "],
      ["image", "\0\0\0\x1cftypavif"],
      ["image", "\0\0\0\x1cftypheic"],
      ["audio", "RIFF\x01\x02\x03\x04WAVEfmt "],
      ["audio", "ID3\x04\0"],
      ["audio", "\xff\xfb\x90"],
      ["audio", "\xff\xf1\x50"],
      ["audio", "OggS\0"],
      ["audio", "fLaC"],
      ["audio", "\0\0\0\x20ftypM4A "],
      ["video", "\0\0\0\x20ftypisom"],
      ["video", "\x1a\x45\xdf\xa3"],
      ["file", "%PDF-1.7"],
      ["file", "PK\x03\x04"],
    ];
    for (const [kind, head] of formats) assert.equal(mediaKindOf(bytes(head), "text/plain"), kind, head);
  });

  it("takes the declared type for data that is unknown, and a text for a text", () => {
    assert.equal(mediaKindOf(bytes(""), "audio/pcm"), "audio");
    assert.equal(mediaKindOf(bytes(""), "application/octet-stream"), "file");
    assert.equal(mediaKindOf(Buffer.from("Minji, 010-9182-7364"), "image/png"), null);
  });

  it("knows no text in UTF-16 for a sound, and no JSON for anything", () => {
    assert.equal(mediaKindOf(Buffer.from("\ufeffMinji", "utf16le")), "file");
    fc.assert(fc.property(fc.json(), (text) => assert.equal(mediaKindOf(Buffer.from(text)), null)));
  });
});

describe("decodeBase64", () => {
  it("reads what either alphabet writes, with and without padding, from its start on", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(40), (data, max) => {
        const written = [Buffer.from(data).toString("base64"), Buffer.from(data).toString("base64url")];
        for (const text of written) {
          assert.deepEqual([...decodeBase64(Buffer.from(text))], [...data]);
          assert.deepEqual([...decodeBase64(Buffer.from(text), max)], [...data.subarray(0, max)]);
        }
      }),
    );
  });
});
