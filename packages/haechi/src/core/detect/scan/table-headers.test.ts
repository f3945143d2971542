import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { TableHeaders } from "./table-headers.ts";

const parts = fc.constantFrom(
  ...[
    "a,b,c\n",
    "1,2,3\n",
    "x;y\n",
    "4;5\n",
    "|a|b|\n",
    "c\td\n",
    '"q,",b,c\n',
    '"',
    "\n",
    ",",
    ";",
    "\t",
    "é",
    "12345",
    " ",
  ],
  "a header of more than forty characters in all",
);
const text = fc.array(parts, { maxLength: 40 }).map((all) => all.join(""));

describe("the headers of tables", () => {
  it("are what one finds who reads the whole text, whatever is asked for before", () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(300), { minLength: 1 }), (source, asked) => {
        const headers = new TableHeaders();
        headers.open(source);
        for (const place of asked) {
          const index = Math.min(place, Math.max(0, source.length - 1));
          assert.equal(headers.headerAt(index), headerIn(source, index), `at ${index}`);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("are among those over the line, which are the same for all lines of a table", () => {
    fc.assert(
      fc.property(text, fc.nat(300), (source, place) => {
        const headers = new TableHeaders();
        headers.open(source);
        const index = Math.min(place, Math.max(0, source.length - 1));
        const header = headers.headerAt(index);
        const over = headers.headersOver(index);
        assert.ok(header === null || over.includes(header));
        assert.equal(headers.headersOver(index), over);
      }),
      { numRuns: 2000 },
    );
    const headers = new TableHeaders();
    headers.open("name;ssn\nAda;1\nBob;2\n\nno table");
    assert.deepEqual(headers.headersOver(9), ["name", "ssn"]);
    assert.equal(headers.headersOver(15), headers.headersOver(9));
    assert.deepEqual(headers.headersOver(2), []);
    assert.deepEqual(headers.headersOver(25), []);
  });

  it("are found without reading lines anew when what is asked for goes back a line", () => {
    const row = "Ada;123\n";
    const source = `name;ssn\n${row.repeat(200)}`;
    const headers = new TableHeaders();
    headers.open(source);
    const unitsRead = countUnitsRead(() => {
      for (let at = 2 * row.length; at < source.length; at += row.length) {
        headers.headersOver(at + 3);
        headers.headersOver(at - 3);
      }
    });
    assert.ok(unitsRead <= 2 * source.length, `${unitsRead} of ${source.length}`);
  });

  it("are none when the first line is too far away", () => {
    const headers = new TableHeaders();
    const row = "Ada;123\n";
    headers.open(`name;ssn\n${row.repeat(20_000)}`);
    assert.equal(headers.headerAt(row.length * 19_000), null);
    assert.equal(headers.headerAt(row.length * 3), "ssn");
  });
});

function countUnitsRead(task: () => void): number {
  const { charCodeAt } = String.prototype;
  let count = 0;
  String.prototype.charCodeAt = function (index) {
    count++;
    return charCodeAt.call(this, index);
  };
  try {
    task();
    return count;
  } finally {
    String.prototype.charCodeAt = charCodeAt;
  }
}

/** The same by splitting the text into lines, and each line into cells. */
function headerIn(source: string, index: number): string | null {
  const lines = source.split("\n");
  const line = source.slice(0, index).split("\n").length - 1;
  const column = index - source.lastIndexOf("\n", index - 1) - 1;
  for (const delimiter of ["\t", "|", ";", ","]) {
    const count = cells(lines[line]!, delimiter).length;
    let first = line;
    while (first > 0 && cells(lines[first - 1]!, delimiter).length === count) first--;
    if (count === 1 || first === line) continue;
    const header = cells(lines[first]!, delimiter)[cells(lines[line]!.slice(0, column), delimiter).length - 1]!.trim();
    return header.length > 40 || /\d{3}/.test(header) ? null : header;
  }
  return null;
}

/** What stands between quotes is no delimiter; the quotes are no part of a cell. */
function cells(line: string, delimiter: string): string[] {
  const parts = line.split('"').map((part, at) => (at % 2 === 0 ? part : part.replaceAll(delimiter, "\ue000")));
  const all = parts.join("").split(delimiter);
  return all.map((cell) => cell.replaceAll("\ue000", delimiter));
}
