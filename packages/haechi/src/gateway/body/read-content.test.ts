import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tokenize } from "../../core/document/tokenize.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import { readContent } from "./read-content.ts";

/** As much of the engine as forms need. */
const haechi = { read: (bytes) => tokenize(bytes, { depthMax: 8 }) } as Pick<Haechi, "read"> as Haechi;
const DATA = Uint8Array.of(0xff, 0x00, 0x01);

/** What the one part of a multipart body is taken for. */
function readPart(head: string, content: Uint8Array): readonly string[] {
  const body = Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), content, Buffer.from("\r\n--b--\r\n")]);
  const { parts } = readContent(body, { kind: "multipart", boundary: "b" }, undefined, haechi);
  return parts.flatMap(({ media }) => media ?? []);
}

describe("a part that is no text", () => {
  const named = (name: string, rest = "") => `Content-Disposition: form-data; name="f"${name}${rest}`;
  const notUtf8 = { code: "DOCUMENT_NOT_UTF8" };

  it("is data where nothing says that it is text: a file without a type is what it looks like", () => {
    assert.deepEqual(readPart(named('; filename="a.bin"'), DATA), ["file"]);
    assert.deepEqual(readPart(named('; filename="a"', "\r\nContent-Type: audio/mpeg"), DATA), ["audio"]);
    assert.deepEqual(readPart(named("", "\r\nContent-Type: application/octet-stream"), DATA), ["file"]);
  });

  it("is refused where its name or its type says that it is text, or nothing says what it is", () => {
    assert.throws(() => readPart(named('; filename="a.csv"'), DATA), notUtf8);
    assert.throws(() => readPart(named('; filename="a.bin"', "\r\nContent-Type: text/plain"), DATA), notUtf8);
    assert.throws(() => readPart(named('; filename="a.bin"', "\r\nContent-Type: application/json"), DATA), notUtf8);
    assert.throws(() => readPart(named(""), DATA), notUtf8);
  });
});

describe("a part", () => {
  it("is written in the order in which it stood, whatever of it was replaced", () => {
    const head = 'Content-Type: text/plain; name="t"\r\nContent-Disposition: form-data; name="n"; filename="f"';
    const body = Buffer.from(`--b\r\n${head}\r\n\r\ntext\r\n--b--\r\n`);
    const { parts, assemble } = readContent(body, { kind: "multipart", boundary: "b" }, undefined, haechi);
    const written = String(assemble(parts.map(({ document }) => Buffer.from(document.bytes))));
    assert.equal(written.replaceAll("%22", '"'), String(body));
  });
});

describe("a body of a type that nobody reads", () => {
  it("is refused", () => {
    const unsupported = { code: "REQUEST_TYPE_UNSUPPORTED" };
    assert.throws(() => readContent(DATA, { kind: "unsupported" }, undefined, haechi), unsupported);
    assert.throws(() => readContent(DATA, { kind: "media", type: "image/png" }, undefined, haechi), unsupported);
  });
});
