import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { JsonDocument } from "../document/json-document.ts";
import { leafText, sourceText } from "../document/leaf.ts";
import { textDocument } from "../document/text-document.ts";
import { tokenize } from "../document/tokenize.ts";
import { decodeLeaf, type NormalizedText, needsNormalizing, normalizeLeaf } from "../normalize/normalize.ts";
import { compileDetectors } from "./compile.ts";
import { seededDice } from "./pattern-sampler.oracle.ts";
import { builtInDetectors } from "./registry.ts";
import { findByTryingEverything } from "./scan.oracle.ts";
import { type ScanOptions, scanDocument } from "./scan.ts";
import { sampleText } from "./text-sampler.oracle.ts";

const RESPONSE: ScanOptions = { direction: "response", scanNumbers: false, decodeAndRescan: false };

const compiled = compileDetectors(builtInDetectors);

describe("scanning a document", () => {
  it("finds in a text what trying every rule at every place finds", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = sampleText(builtInDetectors, seededDice(seed)).toWellFormed();
        const document = textDocument(utf8.encode(text));
        assert.deepEqual(found(document), expected(document, 0));
      }),
      { numRuns: 400 },
    );
  });

  it("finds the same in a JSON string, however it is escaped", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...ESCAPINGS), (seed, escaped) => {
        const text = sampleText(builtInDetectors, seededDice(seed)).toWellFormed();
        const document = tokenize(utf8.encode(`[${escaped(JSON.stringify(text))}]`), { depthMax: 8 });
        assert.equal(leafText(document, 0), text);
        assert.deepEqual(found(document), expected(document, 0));
      }),
      { numRuns: 400 },
    );
  });
});

const utf8 = new TextEncoder();

const ESCAPINGS: readonly ((json: string) => string)[] = [
  (json) => json,
  // As some serializers do, for text that goes into HTML.
  (json) => json.replaceAll("/", "\\/"),
  (json) => json.replace(/[<>&]/g, unicodeEscape),
  // As Python does.
  (json) => json.replace(/[^\0-\x7f]/g, unicodeEscape),
  // As somebody does who hides something.
  (json) => json.replace(/\\(?:u[0-9a-f]{4}|.)|[@0-9]/g, (part) => (part.length > 1 ? part : unicodeEscape(part))),
];

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

interface Place {
  readonly ruleId: string;
  readonly start: number;
  readonly end: number;
}

function found(document: JsonDocument): Place[] {
  return scanDocument(document, compiled, RESPONSE)
    .map(({ ruleId, start, end }) => ({ ruleId, start, end }))
    .sort(inOrder);
}

/** What the oracle finds in the normalized text of the leaf, as places in the bytes of the document. */
function expected(document: JsonDocument, leaf: number): Place[] {
  const { bytes, leaves } = document;
  const [start, end, flags] = [leaves.start[leaf]!, leaves.end[leaf]!, leaves.flags[leaf]!];
  if (!needsNormalizing(bytes, start, end, flags)) {
    const text = leafText(document, leaf);
    const byteAt = bytesByUnit(document, leaf, text);
    return findByTryingEverything(builtInDetectors, text)
      .map(({ ruleId, ...place }) => ({ ruleId, start: byteAt[place.start]!, end: byteAt[place.end]! }))
      .sort(inOrder);
  }
  const normalized = normalizeLeaf(document, leaf);
  const folded = expectedIn(normalized);
  if (!normalized.folded) return folded;
  // A leaf with disguises is read both ways.
  const both = [...expectedIn(decodeLeaf(document, leaf)), ...folded];
  const distinct = new Map(both.map((place) => [JSON.stringify(place), place]));
  return [...distinct.values()].sort(inOrder);
}

function expectedIn({ bytes, sourceStart, sourceEnd }: NormalizedText): Place[] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const byteAt = (unit: number) => utf8.encode(text.slice(0, unit)).length;
  return findByTryingEverything(builtInDetectors, text)
    .map(({ ruleId, start, end }) => ({
      ruleId,
      start: sourceStart[byteAt(start)]!,
      end: sourceEnd[byteAt(end) - 1]!,
    }))
    .sort(inOrder);
}

/** For each UTF-16 unit of a leaf, and for its end, the byte at which its source begins. */
function bytesByUnit(document: JsonDocument, leaf: number, text: string): number[] {
  const { start, end } = document.leaves;
  const byUnit: number[] = [];
  for (let byte = start[leaf]!; byte < end[leaf]!; byte++) {
    if ((document.bytes[byte]! & 0xc0) === 0x80) continue;
    const before = sourceText(document, start[leaf]!, byte, leaf);
    if (!before.includes("undefined")) byUnit[before.length] ??= byte;
  }
  byUnit[text.length] = end[leaf]!;
  return byUnit;
}

function inOrder(a: Place, b: Place): number {
  return a.start - b.start || b.end - a.end || (a.ruleId < b.ruleId ? -1 : 1);
}
