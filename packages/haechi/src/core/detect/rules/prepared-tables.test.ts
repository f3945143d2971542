import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, it } from "node:test";
import { textDocument } from "../../document/text-document.ts";
import type { Direction } from "../finding.ts";
import { builtInDetectors } from "../registry.ts";
import { scanDocument } from "../scan/scan.ts";
import { type CompiledDetectors, compileDetectors, prepareTables } from "./compile.ts";
import { compileCustomRule } from "./custom-rule.ts";
import { readTables, writeTables } from "./prepared-tables.ts";

const made = prepareTables(builtInDetectors);
const bytes = writeTables(made);
const sha256 = hash("sha256", bytes, "hex");
const read = readTables(bytes, sha256, builtInDetectors);
assert.ok(read);

const BY_KEYWORD = compileCustomRule({
  id: "badge",
  type: "employee_id",
  pattern: "badge no\\. [0-9]{4}",
  keywords: ["badge"],
});
const ANYWHERE = compileCustomRule({ id: "case", type: "employee_id", pattern: "[0-9]{5}/[0-9]{2}" });

const TEXTS = builtInDetectors.flatMap(({ samples }) => [...samples.finds, ...samples.ignores].map(({ text }) => text));
TEXTS.push("my badge no. 1234 opens 12345/67", JSON.stringify({ ssn: 123456789, pesel: 44051401359, t: 0.7 }));

describe("prepared tables", () => {
  it("are read as they were written", () => {
    assert.deepEqual(read, made);
    assert.deepEqual(writeTables(prepareTables(builtInDetectors)), bytes);
  });

  it("are read wherever the bytes begin", () => {
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    assert.deepEqual(readTables(moved.subarray(1), sha256, builtInDetectors), made);
  });

  it("are not read when a byte is another, or missing, or too many", () => {
    const other = bytes.slice();
    other[other.length >> 1]! ^= 1;
    for (const damaged of [other, bytes.subarray(0, -4), new Uint8Array([...bytes, 0, 0, 0, 0]), new Uint8Array()]) {
      assert.equal(readTables(damaged, sha256, builtInDetectors), null);
    }
  });

  it("are not read where the bytes of a number stand in another order", () => {
    const swapped = new Uint8Array(bytes.buffer.slice(0, bytes.length));
    new Uint32Array(swapped.buffer).forEach((word, at, all) => {
      all[at] = ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
    });
    assert.equal(readTables(swapped, hash("sha256", swapped, "hex"), builtInDetectors), null);
  });

  it("find what tables that are made anew find, with rules of an operator too", () => {
    for (const rules of [[], [ANYWHERE], [ANYWHERE, BY_KEYWORD]]) {
      const anew = compileDetectors(builtInDetectors, rules);
      const prepared = compileDetectors(builtInDetectors, rules, read);
      assert.equal(prepared.numberLengthMin, anew.numberLengthMin);
      for (const [index, text] of TEXTS.entries()) {
        if (rules.length > 0 && index < TEXTS.length - 200) continue;
        const direction = index % 2 === 0 ? "request" : "response";
        assert.deepEqual(found(text, prepared, direction), found(text, anew, direction), text);
      }
    }
  });

  it("serve the same detectors only", () => {
    const others = builtInDetectors.filter(({ id }) => id !== "email");
    const { tables } = compileDetectors(others, [], read);
    assert.deepEqual(tables("request").literals.entries, compileDetectors(others).tables("request").literals.entries);
    assert.equal(
      compileDetectors([...builtInDetectors], [], read).tables("request").literals.entries,
      read.literals.entries,
    );
  });
});

function found(text: string, compiled: CompiledDetectors, direction: Direction): unknown {
  const document = textDocument(new TextEncoder().encode(text));
  return scanDocument(document, compiled, { direction, scanNumbers: true, decodeAndRescan: false });
}
