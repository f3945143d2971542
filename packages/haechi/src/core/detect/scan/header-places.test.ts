import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { HeaderPlaces } from "./header-places.ts";
import { TableHeaders } from "./table-headers.ts";

const piece = fc.constantFrom(
  ...'a,SSN,é한, ,;,|,\t,\n,",\\,{,[,x,12'.split(","),
  ",",
  "\n",
  ", ",
  "what is too long for the header of a column ",
);

describe("places of headers", () => {
  it("hold every header of a table, however the text is escaped", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, escaped) => {
        const text = pieces.join("");
        const written = escaped ? JSON.stringify(text).slice(1, -1) : text;
        const bytes = new TextEncoder().encode(written);
        const spelled: string = escaped ? JSON.parse(`"${written}"`) : text;
        const places = new HeaderPlaces();
        places.open(bytes, 0, bytes.length, escaped);
        for (const start of headerStarts(spelled)) {
          assert.equal(places.mayHead(byteOf(spelled, start, escaped)), true, JSON.stringify([spelled, start]));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("are not those of prose, of code and of lines of JSON", () => {
    for (const text of ["my SSN, and more\nis here", "f(ssn, b)\n{ }", '{"ssn": 1, "b": 2}\n{"ssn": 3, "b": 4}']) {
      const bytes = new TextEncoder().encode(text);
      const places = new HeaderPlaces();
      places.open(bytes, 0, bytes.length, false);
      assert.equal(places.mayHead(text.toLowerCase().indexOf("ssn")), false, text);
    }
  });
});

/** Where headers of columns begin that some character of a text stands under. */
function headerStarts(text: string): ReadonlySet<number> {
  const headers = new TableHeaders();
  headers.open(text);
  const starts = new Set<number>();
  for (let index = 0; index < text.length; index++) {
    for (const header of headers.headersOver(index)) {
      if (header === null || header === "" || !/^[\w é한]+$/.test(header)) continue;
      // The first line above in which it stands by itself may be that of another table, which is as good.
      const line = text.slice(0, text.lastIndexOf("\n", index - 1) + 1);
      const at = line.indexOf(header);
      if (at !== -1 && line.indexOf(header, at + 1) === -1) starts.add(at);
    }
  }
  return starts;
}

function byteOf(text: string, index: number, escaped: boolean): number {
  const before = text.slice(0, index);
  return Buffer.byteLength(escaped ? JSON.stringify(before).slice(1, -1) : before);
}
