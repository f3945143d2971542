import { sourceText } from "../document/leaf.ts";
import { memberDocument, textDocument } from "../document/text-document.ts";
import type { EntityType } from "./entity-type.ts";
import type { Direction } from "./finding.ts";
import { onePerValue } from "./one-per-value.ts";
import { builtInDetectors } from "./registry.ts";
import { type CompiledDetectors, compileDetectors } from "./rules/compile.ts";
import { scanDocument } from "./scan/scan.ts";

/** One thing found in a text; offsets in UTF-16 units. */
export interface Detected {
  readonly type: EntityType;
  readonly start: number;
  readonly end: number;
  /** As it stands in the text, disguise and all. */
  readonly value: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly ruleId: string;
}

export interface DetectOptions {
  /** `request` when absent. */
  readonly direction?: Direction;
  /** The JSON key under which the text stands, which may tell what it is. */
  readonly key?: string;
  /** Looks too at what base64, percent-encoding and the like in the text decode to; false when absent. */
  readonly decodeAndRescan?: boolean;
  /** The built-in detectors when absent. */
  readonly detectors?: CompiledDetectors;
}

/**
 * What the detectors find in a text, in the order of their places. Findings of two
 * types may overlap: which of them counts is for a policy to say.
 * @example detect("mail jane@example.com", { direction: "request" })
 */
export function detect(text: string, options: DetectOptions = {}): Detected[] {
  const { direction = "request", key, decodeAndRescan = false, detectors = builtIn() } = options;
  const source = text.toWellFormed();
  const document = key === undefined ? textDocument(utf8.encode(source)) : memberDocument(key.toWellFormed(), source);
  const leaf = document.leaves.count - 1;
  const found = scanDocument(document, detectors, {
    direction,
    scanNumbers: true,
    decodeAndRescan,
    spellings: "all",
  });
  const values = onePerValue(found.filter((finding) => finding.leaf === leaf));
  const offsets = values.flatMap(({ start, end }) => [start, end]);
  const units = unitsAt(offsets, document.leaves.start[leaf]!, document.bytes);
  return values.map(({ entityType, ruleId, confidence, start, end }) => ({
    type: entityType,
    start: units.get(start)!,
    end: units.get(end)!,
    value: sourceText(document, start, end, leaf),
    confidence,
    ruleId,
  }));
}

let compiled: CompiledDetectors | null = null;

function builtIn(): CompiledDetectors {
  compiled ??= compileDetectors(builtInDetectors);
  return compiled;
}

const utf8 = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Byte offsets, in any order, as UTF-16 offsets from `base` on; every byte is read once. */
function unitsAt(offsets: readonly number[], base: number, bytes: Uint8Array): ReadonlyMap<number, number> {
  const units = new Map<number, number>();
  let at = base;
  let unit = 0;
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    unit += decoder.decode(bytes.subarray(at, offset)).length;
    at = offset;
    units.set(offset, unit);
  }
  return units;
}
