import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tokenize } from "../../core/document/tokenize.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { BodyParts } from "./body-parts.ts";
import { formBody } from "./form.ts";

/** As much of the engine as a form needs. */
const haechi = { read: (bytes) => tokenize(bytes, { depthMax: 8 }) } as Pick<Haechi, "read"> as Haechi;

describe("a form", () => {
  it("is inspected from the first to the last character of its names and values, decoded", () => {
    const parts = textsIn(formOf("a+b=%C3%A9t%C3%A9&&c&=d&e==f&%"));
    assert.deepEqual(parts, [["a b"], ["a b", "été"], ["c"], ["", "d"], ["e"], ["e", "=f"], ["%"]]);
    assert.deepEqual(textsIn(formOf("")), [[""]]);
    assert.deepEqual(textsIn(formOf("&&=&")), [[""]]);
  });

  it("is the same bytes again where nothing is replaced", () => {
    for (const written of ["", "a=b", "&a=%7e+x&%zz=&&b&=c&"]) {
      const body = Buffer.from(written);
      const form = formBody(body, haechi);
      assert.equal(form.assemble(form.parts.map(({ document }) => document.bytes)), body);
    }
  });

  it("says what replaces a name or a value encoded, and all else as it was", () => {
    const form = formOf("a=%7e&b+c=d&e=f");
    const replacing = (text: string, by: string) =>
      form.assemble(
        form.parts.map(({ document: { bytes, leaves } }) => {
          const start = leaves.start[leaves.count - 1]!;
          const own = Buffer.from(bytes.subarray(start)).toString();
          return own === text ? Buffer.concat([bytes.subarray(0, start), Buffer.from(by)]) : bytes;
        }),
      );
    assert.equal(String(replacing("b c", "[x] &=é")), "a=%7e&%5Bx%5D%20%26%3D%C3%A9=d&e=f");
    assert.equal(String(replacing("d", "[x] &")), "a=%7e&b+c=%5Bx%5D%20%26&e=f");
  });

  it("says as a document what a request asks for", () => {
    const { members } = formOf("model=m&stream=true&store=false&n=1&model=other&empty=&=x");
    assert.equal(
      Buffer.from(members!.bytes).toString(),
      '{"model":"m","stream":true,"store":false,"n":"1","model":"other","empty":"","":"x"}',
    );
  });

  it("is refused with more than a thousand fields, or another charset", () => {
    assert.equal(formOf("a&".repeat(1000)).parts.length, 1000);
    assert.throws(() => formOf("a&".repeat(1001)), { code: "REQUEST_BODY_MALFORMED" });
    assert.throws(() => formBody(Uint8Array.of(0x61, 0x3d, 0xe9), haechi), { code: "DOCUMENT_NOT_UTF8" });
  });
});

function formOf(written: string): BodyParts {
  return formBody(Buffer.from(written), haechi);
}

/** The texts of each part. */
function textsIn({ parts }: BodyParts): readonly (readonly string[])[] {
  return parts.map(({ document: { bytes, leaves } }) =>
    Array.from({ length: leaves.count }, (_, leaf) =>
      Buffer.from(bytes.subarray(leaves.start[leaf], leaves.end[leaf])).toString(),
    ),
  );
}
