import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as zlib from "node:zlib";
import fc from "fast-check";
import { isHaechiError } from "../../core/errors.ts";
import { codingsOf } from "./content-coding.ts";
import { createChunkDecoder } from "./decode-chunks.ts";

const ENCODERS: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  gzip: zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};

describe("a coded body in chunks", () => {
  it("says the same wherever it is cut, under any codings", async () => {
    const names = fc.array(fc.constantFrom(...Object.keys(ENCODERS)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(names, fc.uint8Array({ maxLength: 500 }), fc.array(fc.nat()), async (codings, content, cuts) => {
        const coded = codings.reduce((bytes: Uint8Array, name) => ENCODERS[name]!(bytes), content);
        const decoder = createChunkDecoder(codingsOf(codings)!, 10_000);
        const said: Uint8Array[] = [];
        for (const piece of cutUp(coded, cuts)) said.push(await decoder.decode(piece));
        said.push(await decoder.end());
        assert.deepEqual(Buffer.concat(said), Buffer.from(content));
      }),
      { numRuns: 200 },
    );
  });

  it("is given out as soon as it has come", async () => {
    const gzip = zlib.createGzip();
    const decoder = createChunkDecoder(codingsOf(["gzip"])!, 10_000);
    for (const event of ["data: one\n\n", "data: two\n\n"]) {
      await new Promise((resolve) => gzip.write(event, resolve));
      await new Promise<void>((resolve) => gzip.flush(zlib.constants.Z_SYNC_FLUSH, () => resolve()));
      const coded: Buffer[] = [];
      for (let piece = gzip.read(); piece !== null; piece = gzip.read()) coded.push(piece);
      assert.equal(Buffer.from(await decoder.decode(Buffer.concat(coded))).toString(), event);
    }
  });

  it("is refused when it is coded otherwise, and when it grows past the limit", async () => {
    const other = createChunkDecoder(codingsOf(["gzip"])!, 10_000);
    await assert.rejects(other.decode(Buffer.from("data: plain\n\n")), (error) =>
      isHaechiError(error, "UPSTREAM_UNINSPECTABLE"),
    );
    const bomb = createChunkDecoder(codingsOf(["gzip"])!, 10_000);
    await assert.rejects(bomb.decode(zlib.gzipSync(Buffer.alloc(1_000_000))), (error) =>
      isHaechiError(error, "UPSTREAM_TOO_LARGE"),
    );
  });
});

function cutUp(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
}
