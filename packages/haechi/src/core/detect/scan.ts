import {
  ARRAY_CONTAINER,
  HAS_ESCAPE,
  HAS_FRACTION_OR_EXPONENT,
  HAS_NON_ASCII,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
} from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import { textDocument } from "../document/text-document.ts";
import { decodeWholeLeaf } from "../normalize/decode.ts";
import { decodeLeaf, type NormalizedText, needsNormalizing, normalizeLeaf } from "../normalize/normalize.ts";
import type { CompiledDetectors } from "./compile.ts";
import { contextAllows } from "./context-words.ts";
import { HARD_BLOCK_TYPES } from "./entity-type.ts";
import type { Direction, Finding } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { type FoundBy, TextScan } from "./text-scan.ts";

export interface ScanOptions {
  readonly direction: Direction;
  /** Numbers are always scanned in requests; in responses only when this says so. */
  readonly scanNumbers: boolean;
  /** Looks once more at what a whole string says when it is read as base64 or percent-encoding. */
  readonly decodeAndRescan: boolean;
  /** Leaves to leave out, as they are handled elsewhere. */
  readonly skipLeaf?: (leaf: number) => boolean;
}

/**
 * Everything that any rule finds in the document, whether or not it overlaps, by
 * start and the longer first. Spans cover whole characters and escapes of the bytes.
 */
export function scanDocument(document: JsonDocument, compiled: CompiledDetectors, options: ScanOptions): Finding[] {
  const scan = new DocumentScan(document, compiled, options);
  for (let leaf = 0; leaf < document.leaves.count; leaf++) {
    if (options.skipLeaf?.(leaf) !== true) scan.scanLeaf(leaf);
  }
  return scan.findings.sort((a, b) => a.start - b.start || b.end - a.end);
}

class DocumentScan {
  readonly findings: Finding[] = [];
  readonly #document: JsonDocument;
  readonly #compiled: CompiledDetectors;
  readonly #options: ScanOptions;
  readonly #scan: TextScan;
  readonly #numbers: boolean;
  #numberScan: TextScan | null = null;
  readonly #foundInNumber = new Set<FoundBy>();
  #leaf = 0;
  /** The source of the text under scan, when it is not the bytes of the document themselves. */
  #normalized: NormalizedText | null = null;
  /** The rules of which the last key is a name. */
  #namedBy: { readonly key: number; readonly rules: readonly Rule[] } = { key: -2, rules: [] };

  constructor(document: JsonDocument, compiled: CompiledDetectors, options: ScanOptions) {
    this.#document = document;
    this.#compiled = compiled;
    this.#options = options;
    this.#numbers = options.direction === "request" || options.scanNumbers;
    this.#scan = new TextScan(compiled, options.direction, (by, start, end) => this.#found(by, start, end));
  }

  scanLeaf(leaf: number): void {
    this.#leaf = leaf;
    if (this.#document.leaves.kind[leaf] === NUMBER_LEAF) {
      if (this.#numbers) this.#scanNumber(leaf);
      return;
    }
    this.#scanString(leaf);
    if (this.#document.leaves.kind[leaf] === KEY_LEAF) this.#noteNames(leaf);
    else this.#scanMemberValue(leaf);
    if (this.#options.decodeAndRescan) this.#rescanDecoded(leaf);
  }

  #scanString(leaf: number): void {
    const { bytes, leaves, format } = this.#document;
    const start = leaves.start[leaf]!;
    const end = leaves.end[leaf]!;
    const flags = leaves.flags[leaf]!;
    const key = () => this.#keyAbove(leaf);
    if (flags !== 0 && needsNormalizing(bytes, start, end, flags)) {
      const normalized = normalizeLeaf(this.#document, leaf);
      // Folding joins what stands apart in ordinary text, so that is read too.
      const first = this.findings.length;
      if (normalized.folded) this.#scanNormalized(decodeLeaf(this.#document, leaf), key);
      this.#scanNormalized(normalized, key);
      if (normalized.folded) this.#dropRepeated(first);
    } else {
      const escaped = format === "json" && (flags & HAS_ESCAPE) !== 0;
      const plain = !escaped && (flags & HAS_NON_ASCII) === 0;
      this.#scan.scan({ bytes, start, end, escaped, plain, key });
    }
  }

  #scanNormalized(normalized: NormalizedText, key: () => string | null): void {
    this.#normalized = normalized;
    const { bytes } = normalized;
    this.#scan.scan({ bytes, start: 0, end: bytes.length, escaped: false, plain: false, key });
    this.#normalized = null;
  }

  #dropRepeated(first: number): void {
    const added = this.findings.splice(first);
    const distinct = new Map(added.map((one) => [`${one.ruleId} ${one.start} ${one.end}`, one]));
    this.findings.push(...distinct.values());
  }

  #found(by: FoundBy, start: number, end: number): void {
    const map = this.#normalized;
    if (map === null) this.#add(by, start, end);
    else this.#add(by, map.sourceStart[start]!, map.sourceEnd[end - 1]!);
  }

  #add({ id, entityType, confidence }: FoundBy, start: number, end: number): void {
    this.findings.push({ leaf: this.#leaf, entityType, ruleId: id, confidence, start, end });
  }

  #addWholeLeaf(by: FoundBy): void {
    const { start, end } = this.#document.leaves;
    this.#add(by, start[this.#leaf]!, end[this.#leaf]!);
  }

  /** The digits as written and, with a fraction or an exponent, the number they mean; a hit takes the whole number. */
  #scanNumber(leaf: number): void {
    const { bytes, leaves } = this.#document;
    const start = leaves.start[leaf]!;
    const end = leaves.end[leaf]!;
    this.#foundInNumber.clear();
    this.#numberScan ??= new TextScan(this.#compiled, this.#options.direction, (by) => this.#foundInNumber.add(by));
    const key = () => this.#keyAbove(leaf);
    // The sign is not a part of an identifier.
    const digits = bytes[start] === MINUS ? start + 1 : start;
    this.#numberScan.scan({ bytes, start: digits, end, escaped: false, plain: true, key });
    if ((leaves.flags[leaf]! & HAS_FRACTION_OR_EXPONENT) !== 0) {
      const meant = utf8.encode(canonicalNumber(leafText(this.#document, leaf)));
      this.#numberScan.scan({ bytes: meant, start: 0, end: meant.length, escaped: false, plain: true, key });
    }
    for (const by of this.#foundInNumber) this.#addWholeLeaf(by);
  }

  #noteNames(key: number): void {
    if (this.#scan.named.length === 0) return;
    const text = this.#scan.text;
    this.#namedBy = { key, rules: [...new Set(this.#scan.named)].filter(({ member }) => member!.key.test(text)) };
  }

  /** The value of a member that is named like a secret needs no more evidence around it. */
  #scanMemberValue(leaf: number): void {
    const { leaves } = this.#document;
    const { key, rules } = this.#namedBy;
    // A string that is the value of a member stands right behind its key, in the same object.
    if (leaf !== key + 1 || leaves.container[leaf] !== leaves.container[key]) return;
    for (const rule of rules) {
      const { value, valueLengthMax } = rule.member!;
      const text = this.#scan.text;
      if (text.length > valueLengthMax || !value.test(text) || rule.accepts?.(text) === false) continue;
      const counts = rule.context === null || contextAllows(rule.context, text, 0, text.length, this.#keyAbove(leaf));
      if (counts) this.#addWholeLeaf(rule);
    }
  }

  #rescanDecoded(leaf: number): void {
    const text = this.#decodableText(leaf);
    const decoded = text === null ? null : decodeWholeLeaf(text);
    if (decoded === null) return;
    const inside = scanDocument(textDocument(utf8.encode(decoded)), this.#compiled, {
      direction: this.#options.direction,
      scanNumbers: false,
      decodeAndRescan: false,
    });
    const eligible = new Set(this.#compiled.rules.filter(mayCountWhenDecoded).map(({ id }) => id));
    const found = new Map(inside.map((finding) => [finding.ruleId, finding]));
    for (const { ruleId, entityType, confidence } of found.values()) {
      if (eligible.has(ruleId)) this.#addWholeLeaf({ id: ruleId, entityType, confidence });
    }
  }

  #decodableText(leaf: number): string | null {
    const { start, end } = this.#document.leaves;
    const bytes = end[leaf]! - start[leaf]!;
    return bytes < DECODED_LENGTH_MIN || bytes > DECODED_BYTES_MAX ? null : leafText(this.#document, leaf);
  }

  /** The key of the nearest member that holds the leaf: that of an array counts for its elements. */
  #keyAbove(leaf: number): string | null {
    const { leaves, containers } = this.#document;
    let container = leaves.container[leaf]!;
    let slot = leaves.slot[leaf]!;
    if (leaves.kind[leaf] === KEY_LEAF) return null;
    while (container !== -1 && containers.kind[container] === ARRAY_CONTAINER) {
      slot = containers.slot[container]!;
      container = containers.parent[container]!;
    }
    return container === -1 ? null : leafText(this.#document, slot);
  }
}

const utf8 = new TextEncoder();
const MINUS = 0x2d;

// Decoding looks at texts of 16 to 8192 characters, which take at most twelve bytes each.
const DECODED_LENGTH_MIN = 16;
const DECODED_BYTES_MAX = 8192 * 12;

/** The number in decimal digits without exponent where a double holds it exactly so. */
function canonicalNumber(text: string): string {
  return String(Math.abs(Number(text)));
}

/** Random bytes decode to many shapes: only what is never random, or passes a check, counts. */
function mayCountWhenDecoded(rule: Rule): boolean {
  return HARD_BLOCK_TYPES.has(rule.entityType) || (rule.accepts !== null && rule.entityType !== "phone");
}
