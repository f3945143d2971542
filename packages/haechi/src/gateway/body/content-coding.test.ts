import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as zlib from "node:zlib";
import fc from "fast-check";
import { codingsOf, decodeContent, saysNoMore } from "./content-coding.ts";

const encoders: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  gzip: zlib.gzipSync,
  "x-gzip": zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};
const coded = (bytes: Uint8Array, names: readonly string[]) =>
  names.reduce<Uint8Array>((content, name) => encoders[name]!(content), bytes);
const decode = (bytes: Uint8Array, names: readonly string[], bytesMax = 1_000_000) =>
  decodeContent(bytes, codingsOf(names)!, bytesMax);
const names = fc.array(fc.constantFrom(...Object.keys(encoders)), { maxLength: 3 });

describe("a content coding", () => {
  it("is undone, and several in the other order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), names, async (bytes, chosen) => {
        assert.deepEqual(Buffer.from(await decode(coded(bytes, chosen), chosen)), Buffer.from(bytes));
      }),
      { numRuns: 60 },
    );
  });

  it("is not undone past the limit, however little there is of it", async () => {
    for (const name of Object.keys(encoders)) {
      const bomb = coded(Buffer.alloc(5_000_000), [name]);
      assert.ok(bomb.length < 10_000);
      await assert.rejects(decode(bomb, [name], 100_000), { code: "DOCUMENT_TOO_LARGE" }, name);
    }
  });

  it("is refused when it is broken, cut short or followed by anything", async () => {
    for (const name of Object.keys(encoders)) {
      const whole = coded(Buffer.from("hello ".repeat(50)), [name]);
      const broken = [whole.subarray(0, -3), Buffer.concat([whole, Buffer.from("minji")]), Buffer.from("no coding")];
      for (const bytes of broken) {
        await assert.rejects(decode(bytes, [name]), { code: "REQUEST_BODY_MALFORMED" }, name);
      }
    }
  });

  it("may say more than its content, as gzip does with the name of a file", () => {
    const content = Buffer.from("hello");
    const plain = zlib.gzipSync(content);
    const named = Buffer.concat([plain.subarray(0, 10), Buffer.from("minji.txt\0"), plain.subarray(10)]);
    named[3] = 8;
    assert.deepEqual(zlib.gunzipSync(named), content);
    const gzip = codingsOf(["gzip"])!;
    assert.ok(saysNoMore(plain, gzip));
    assert.ok(!saysNoMore(named, gzip));
    assert.ok(!saysNoMore(Buffer.concat([zlib.gzipSync("hel"), zlib.gzipSync("lo")]), gzip));
    assert.ok(!saysNoMore(Buffer.concat([zlib.gzipSync(""), named]), gzip), "a name behind a member without content");
  });

  it("of zstd says more than its content when it has frames that readers skip", async () => {
    const zstd = codingsOf(["zstd"])!;
    const plain = zlib.zstdCompressSync("hello");
    const note = Buffer.from("minji.kim@example.com");
    const skipped = Buffer.concat([Buffer.from([0x5f, 0x2a, 0x4d, 0x18, note.length, 0, 0, 0]), note]);
    assert.ok(saysNoMore(plain, zstd));
    for (const bytes of [Buffer.concat([skipped, plain]), Buffer.concat([plain, skipped])]) {
      assert.equal(String(await decode(bytes, ["zstd"])), "hello");
      assert.ok(!saysNoMore(bytes, zstd));
    }
  });

  it("stand on each other up to three deep, those that change nothing aside", () => {
    assert.equal(codingsOf(["gzip, identity", "br", "gzip"])?.length, 3);
    assert.equal(codingsOf(["gzip, gzip, gzip, gzip"]), null);
  });
});
