import { isAscii } from "node:buffer";
import {
  HAS_ESCAPE,
  HAS_FRACTION_OR_EXPONENT,
  HAS_NON_ASCII,
  HAS_UNICODE_ESCAPE,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
} from "../../document/json-document.ts";
import { keyAbove, leafText } from "../../document/leaf.ts";
import type { LeafRun } from "../../document/leaf-run.ts";
import { textDocument } from "../../document/text-document.ts";
import { FoldSigns } from "../../normalize/fold-signs.ts";
import {
  decodeLeaf,
  type NormalizedText,
  needsNormalizing,
  normalizeText,
  type Spellings,
} from "../../normalize/normalize.ts";
import { spellingsIn } from "../../normalize/spelling-places.ts";
import { JOINED_BYTES_MIN, JoinSigns } from "../decoded/decoded-join-signs.ts";
import { joinedText } from "../decoded/decoded-joins.ts";
import { type AdjacentParts, adjacentParts } from "../decoded/decoded-parts.ts";
import { decodedStretches } from "../decoded/decoded-stretches.ts";
import { findAcrossLeaves } from "../decoded/find-across-leaves.ts";
import { HARD_BLOCK_TYPES } from "../entity-type.ts";
import type { Direction, Finding } from "../finding.ts";
import type { CompiledDetectors } from "../rules/compile.ts";
import { contextAllows } from "../rules/context-words.ts";
import type { FoundBy, Rule } from "../rules/rule.ts";
import type { Surroundings } from "./rule-trials.ts";
import { TextScan } from "./text-scan.ts";
import { behindSign, canonicalNumber, hasExponent, isCanonical } from "./written-number.ts";

export interface ScanOptions {
  readonly direction: Direction;
  /** Numbers are always scanned in requests; in responses only when this says so. */
  readonly scanNumbers: boolean;
  /** Looks once more at what parts of a string say when they are read as base64, base32 or hexadecimal digits. */
  readonly decodeAndRescan: boolean;
  /** Which spellings are read always; `json` when absent. */
  readonly spellings?: Spellings;
  /** Leaves to leave out, as they are handled elsewhere. */
  readonly skipLeaf?: (leaf: number) => boolean;
  /** What was found before in leaves that need not be scanned again. */
  readonly known?: KnownRuns;
  /** The parts that are to be read together; all of the document when absent. */
  readonly adjacent?: readonly AdjacentParts[];
}

/** Runs of leaves in document order, and everything that stands in them. */
export interface KnownRuns {
  readonly runs: readonly LeafRun[];
  readonly findings: readonly Finding[];
}

/**
 * Everything that any rule finds in the document, whether or not it overlaps, by
 * start, the longer first, of the same span the surer first. Spans cover whole characters and escapes of the bytes.
 */
export function scanDocument(document: JsonDocument, compiled: CompiledDetectors, options: ScanOptions): Finding[] {
  const scan = atRest.get(compiled) ?? new DocumentScan(compiled);
  atRest.delete(compiled);
  try {
    return scan.run(document, options);
  } finally {
    atRest.set(compiled, scan);
  }
}

// Scanning never yields, so one scan after the other uses the same tables of state.
const atRest = new WeakMap<CompiledDetectors, DocumentScan>();

class DocumentScan implements Surroundings {
  readonly #compiled: CompiledDetectors;
  readonly #inDocument: TextScan;
  /** Scans texts that are made of a leaf. */
  readonly #aside: TextScan;
  readonly #foundInNumber = new Set<FoundBy>();
  /** What the last string says when its disguises are seen through; null when it has none. */
  #seen: NormalizedText | null = null;
  /** Scans what a leaf decodes to. */
  #inner: DocumentScan | null = null;
  /** Ids of the rules that count in decoded text. */
  #eligible: ReadonlySet<string> | null = null;
  #document: JsonDocument = NO_DOCUMENT;
  #options: ScanOptions = NO_OPTIONS;
  #findings: Finding[] = [];
  #leaf = 0;
  #isNumber = false;
  /** The source of the text under scan, when it is not the bytes of the document themselves. */
  #normalized: NormalizedText | null = null;
  /** The last scan of a string or key. */
  #scanned: TextScan;
  /** The last key that holds a name of rules, and those rules. */
  #namedBy: { readonly key: number; readonly text: string; readonly rules: readonly Rule[] } = NOTHING_NAMED;
  /** Where in the document something may be spelled otherwise; null when that is to be asked of each leaf. */
  #spellings: Int32Array | null = null;
  #nextSpelling = 0;
  #keyOfText: { readonly key: number; readonly text: string | null } = NO_KEY_TEXT;
  /** Of the bytes of the document; null while nobody has asked. */
  #joinSigns: JoinSigns | null = null;
  #foldSigns: FoldSigns | null = null;
  /** Of one document, signs of one kind only are asked for. */
  readonly #signsOf = (spelled: boolean) => {
    this.#foldSigns ??= new FoldSigns(this.#document.bytes, spelled);
    return this.#foldSigns;
  };

  constructor(compiled: CompiledDetectors) {
    this.#compiled = compiled;
    this.#inDocument = new TextScan(compiled, this);
    this.#aside = new TextScan(compiled, this);
    this.#scanned = this.#inDocument;
  }

  /** @param rounds how often what is decoded may be decoded again */
  run(document: JsonDocument, options: ScanOptions, rounds = options.decodeAndRescan ? DECODING_ROUNDS : 0): Finding[] {
    const { runs, findings: foundBefore } = options.known ?? NOTHING_KNOWN;
    const findings: Finding[] = [...foundBefore];
    this.#document = document;
    this.#options = options;
    this.#findings = findings;
    this.#namedBy = NOTHING_NAMED;
    this.#keyOfText = NO_KEY_TEXT;
    this.#spellings = options.spellings === "all" && isAscii(document.bytes) ? spellingsIn(document, runs) : null;
    this.#nextSpelling = 0;
    try {
      this.#inDocument.open(document.bytes, options.direction, runs);
      let next = 0;
      for (const { firstLeaf, pastLeaf } of runs) {
        this.#scanLeaves(next, firstLeaf, rounds);
        next = pastLeaf;
      }
      this.#scanLeaves(next, document.leaves.count, rounds);
      if (this.#joinedMax(rounds) > 0) this.#scanAdjacent(options.skipLeaf);
    } finally {
      this.#document = NO_DOCUMENT;
      this.#findings = [];
      this.#keyOfText = NO_KEY_TEXT;
      this.#joinSigns = null;
      this.#foldSigns = null;
      this.#inDocument.close();
      this.#aside.close();
      this.#seen = null;
    }
    return findings.length < 2 ? findings : findings.sort(this.#compiled.inOrder);
  }

  /** Up to what length texts are read with what stands apart in them put together. */
  #joinedMax(rounds: number): number {
    if (this.#options.spellings !== "all") return 0;
    return rounds > 0 ? Number.POSITIVE_INFINITY : JOINED_BYTES_MAX;
  }

  #scanLeaves(first: number, past: number, rounds: number): void {
    const { skipLeaf, direction, scanNumbers } = this.#options;
    const numbers = direction === "request" || scanNumbers;
    const { kind, start, end } = this.#document.leaves;
    const joinedMax = this.#joinedMax(rounds);
    for (let leaf = first; leaf < past; leaf++) {
      if (skipLeaf?.(leaf) === true) continue;
      this.#leaf = leaf;
      if (kind[leaf] === NUMBER_LEAF) {
        if (numbers) this.#scanNumber(leaf);
        continue;
      }
      this.#scanString(leaf);
      const length = end[leaf]! - start[leaf]!;
      if (length >= JOINED_BYTES_MIN && length <= joinedMax) this.#rescanJoined(leaf);
      if (rounds > 0) this.#rescanDecoded(leaf, rounds);
    }
  }

  #scanString(leaf: number): void {
    const { bytes, leaves, format } = this.#document;
    const start = leaves.start[leaf]!;
    const end = leaves.end[leaf]!;
    const flags = leaves.flags[leaf]!;
    this.#seen = null;
    const spelled = this.#spellings === null || this.#holdsSpelling(this.#spellings, start, end);
    // The flags of plain text tell of no backslashes.
    if (
      (spelled || flags !== 0 || format === "text") &&
      needsNormalizing(bytes, start, end, flags, this.#options.spellings, !spelled, this.#signsOf)
    ) {
      this.#scanDisguised(leaf);
    } else {
      this.#scanned = this.#inDocument;
      this.#scanAsItStands(leaf);
    }
    if (leaves.kind[leaf] === KEY_LEAF) this.#noteNames(leaf);
    else if (this.#namedBy.key === leaf - 1) this.#scanMemberValue(leaf);
  }

  /** Asked of one leaf after the other. */
  #holdsSpelling(places: Int32Array, start: number, end: number): boolean {
    while (this.#nextSpelling < places.length && places[this.#nextSpelling]! < start) this.#nextSpelling++;
    return this.#nextSpelling < places.length && places[this.#nextSpelling]! < end;
  }

  #scanDisguised(leaf: number): void {
    const decoded = decodeLeaf(this.#document, leaf);
    const normalized = normalizeText(decoded, this.#options.spellings ?? "json");
    // Folding joins what stands apart in ordinary text, so that is read too.
    const first = this.#findings.length;
    if (normalized.folded) {
      const mayBeAsItStands = (this.#document.leaves.flags[leaf]! & HAS_UNICODE_ESCAPE) === 0;
      if (mayBeAsItStands) this.#scanAsItStands(leaf);
      else this.#scanNormalized(decoded);
    }
    this.#scanNormalized(normalized);
    this.#seen = normalized;
    if (normalized.folded) this.#dropRepeated(first);
    this.#scanned = this.#aside;
  }

  /** A leaf without \u escapes. */
  #scanAsItStands(leaf: number): void {
    const { leaves, format } = this.#document;
    const flags = leaves.flags[leaf]!;
    const escaped = format === "json" && (flags & HAS_ESCAPE) !== 0;
    this.#inDocument.scan(leaves.start[leaf]!, leaves.end[leaf]!, escaped, !escaped && (flags & HAS_NON_ASCII) === 0);
  }

  #scanNormalized(normalized: NormalizedText): void {
    this.#normalized = normalized;
    this.#scanAside(normalized.bytes, false);
    this.#normalized = null;
  }

  #scanAside(bytes: Uint8Array, plain: boolean): void {
    this.#aside.open(bytes, this.#options.direction);
    this.#aside.scan(0, bytes.length, false, plain);
  }

  #dropRepeated(first: number): void {
    this.#findings.push(...distinct(this.#findings.splice(first)));
  }

  found(by: FoundBy, start: number, end: number): void {
    const map = this.#normalized;
    if (this.#isNumber) this.#foundInNumber.add(by);
    else if (map === null) this.#add(by, start, end);
    else this.#add(by, map.sourceStart[start]!, map.sourceEnd[end - 1]!);
  }

  #add({ id, entityType, confidence }: FoundBy, start: number, end: number): void {
    this.#findings.push({ leaf: this.#leaf, entityType, ruleId: id, confidence, start, end });
  }

  #addWholeLeaf(by: FoundBy): void {
    const { start, end } = this.#document.leaves;
    this.#add(by, start[this.#leaf]!, end[this.#leaf]!);
  }

  /** The digits as written and, with a fraction or an exponent, the number they mean; a hit takes the whole number. */
  #scanNumber(leaf: number): void {
    const { bytes, leaves } = this.#document;
    const { numberLengthMin } = this.#compiled;
    const start = leaves.start[leaf]!;
    const end = leaves.end[leaf]!;
    const isMeantOtherwise = (leaves.flags[leaf]! & HAS_FRACTION_OR_EXPONENT) !== 0;
    // Only an exponent makes a number longer than it is written.
    if (end - start < numberLengthMin && !(isMeantOtherwise && hasExponent(bytes, start, end))) return;
    this.#isNumber = true;
    // The sign is not a part of an identifier.
    this.#inDocument.scan(behindSign(bytes, start), end, false, true);
    if (isMeantOtherwise && !isCanonical(bytes, start, end)) {
      this.#scanAside(utf8.encode(canonicalNumber(leafText(this.#document, leaf))), true);
    }
    this.#isNumber = false;
    if (this.#foundInNumber.size === 0) return;
    for (const by of this.#foundInNumber) this.#addWholeLeaf(by);
    this.#foundInNumber.clear();
  }

  #noteNames(key: number): void {
    const { named } = this.#scanned;
    if (named.length === 0) return;
    this.#namedBy = { key, text: this.#scanned.text, rules: [...named] };
  }

  /** The value of a member that is named like a secret needs no more evidence around it. */
  #scanMemberValue(leaf: number): void {
    const { leaves } = this.#document;
    const { key, text: keyText, rules } = this.#namedBy;
    // A string that is the value of a member stands right behind its key, in the same object.
    if (leaves.container[leaf] !== leaves.container[key]) return;
    const { text } = this.#scanned;
    for (const rule of rules) {
      const { key: name, value, valueLengthMax } = rule.member!;
      if (text.length > valueLengthMax || !value.test(text) || !name.test(keyText)) continue;
      if (rule.accepts?.(text) === false) continue;
      const counts = rule.context === null || contextAllows(rule.context, text, 0, text.length, this.keyText());
      if (counts) this.#addWholeLeaf(rule);
    }
  }

  /** What a part of the leaf says when it is decoded; a hit takes the part that was encoded. */
  #rescanDecoded(leaf: number, rounds: number): void {
    const { start, end } = this.#document.leaves;
    if (end[leaf]! - start[leaf]! < DECODED_LENGTH_MIN) return;
    const seen = this.#seen ?? this.#asItIs(leaf);
    const first = this.#findings.length;
    for (const stretch of decodedStretches(oneUnitPerByte.decode(seen.bytes))) {
      for (const finding of this.#findAside(utf8.encode(stretch.text), "all", rounds - 1)) {
        const by = { ...finding, id: finding.ruleId };
        this.#add(by, ...this.#sourceOf(leaf, seen, stretch.start, stretch.end));
      }
    }
    this.#dropRepeated(first);
  }

  /** What the leaf may say when what stands apart in it is put together; a hit takes the separators along. */
  #rescanJoined(leaf: number): void {
    const { start, end } = this.#document.leaves;
    if (this.#seen === null) this.#joinSigns ??= new JoinSigns(this.#document.bytes);
    const mayHold =
      this.#seen === null
        ? this.#joinSigns!.mayHoldJoins(start[leaf]!, end[leaf]!)
        : new JoinSigns(this.#seen.bytes).mayHoldJoins(0, this.#seen.bytes.length);
    if (!mayHold) return;
    const seen = this.#seen ?? this.#asItIs(leaf);
    const { bytes, originOf } = joinedText(seen.bytes);
    if (bytes.length === 0) return;
    const first = this.#findings.length;
    for (const finding of this.#findAside(bytes, "json", 0)) {
      const start = originOf(finding.start);
      const last = originOf(finding.end - 1);
      if (start === -1 || last === -1) continue;
      this.#add({ ...finding, id: finding.ruleId }, ...this.#sourceOf(leaf, seen, start, last + 1));
    }
    this.#dropRepeated(first);
  }

  /** A string in which nothing is disguised; its map is made when it is asked for. */
  #asItIs(leaf: number): SeenText {
    const { bytes, leaves, format } = this.#document;
    if (format === "json" && (leaves.flags[leaf]! & HAS_ESCAPE) !== 0) return decodeLeaf(this.#document, leaf);
    return { bytes: bytes.subarray(leaves.start[leaf]!, leaves.end[leaf]!) };
  }

  #sourceOf(leaf: number, seen: SeenText, start: number, end: number): [start: number, end: number] {
    const base = this.#document.leaves.start[leaf]!;
    return [seen.sourceStart?.[start] ?? base + start, seen.sourceEnd?.[end - 1] ?? base + end];
  }

  /** What goes on from one part of a message to the next. */
  #scanAdjacent(skipLeaf: ScanOptions["skipLeaf"]): void {
    const adjacent = this.#options.adjacent ?? adjacentParts(this.#document);
    const runs = adjacent.filter((parts) => skipLeaf === undefined || !parts.some(skipLeaf));
    if (runs.length === 0) return;
    const found = findAcrossLeaves(this.#document, runs, this.#findings, (text) => this.#findAside(text, "json", 0));
    this.#findings.push(...distinct(found));
  }

  /** What is found in a text made of the leaf, as far as it is no accident. */
  #findAside(bytes: Uint8Array, spellings: Spellings, rounds: number): Finding[] {
    this.#inner ??= new DocumentScan(this.#compiled);
    this.#eligible ??= new Set(this.#compiled.rules.filter(mayCountWhenDecoded).map(({ id }) => id));
    const eligible = this.#eligible;
    const { direction } = this.#options;
    const options: ScanOptions = { direction, scanNumbers: false, decodeAndRescan: false, spellings };
    return this.#inner.run(textDocument(bytes), options, rounds).filter(({ ruleId }) => eligible.has(ruleId));
  }

  keyText(): string | null {
    const key = keyAbove(this.#document, this.#leaf);
    if (this.#keyOfText.key !== key) {
      this.#keyOfText = { key, text: key === -1 ? null : leafText(this.#document, key) };
    }
    return this.#keyOfText.text;
  }
}

/** A text that is read aside; without a map it is the bytes of the leaf themselves. */
type SeenText = Pick<NormalizedText, "bytes"> & Partial<NormalizedText>;

const NO_DOCUMENT = textDocument(new Uint8Array(0));
const NO_OPTIONS: ScanOptions = { direction: "request", scanNumbers: false, decodeAndRescan: false };
const NOTHING_KNOWN: KnownRuns = { runs: [], findings: [] };
const NOTHING_NAMED = { key: -2, text: "", rules: [] };
const NO_KEY_TEXT = { key: -1, text: null };

const utf8 = new TextEncoder();

const DECODED_LENGTH_MIN = 16;
const DECODING_ROUNDS = 2;
// What stands apart is put together in texts of a few pages: longer ones are data, in which it costs most and means least.
const JOINED_BYTES_MAX = 4096;

// A single-byte encoding: a string of as many units as there are bytes.
const oneUnitPerByte = new TextDecoder("windows-1252");

/** Of the findings that a rule has for the same span, the last. */
function distinct(findings: readonly Finding[]): Iterable<Finding> {
  return new Map(findings.map((one) => [`${one.ruleId} ${one.start} ${one.end}`, one])).values();
}

/** Random bytes decode to many shapes: only what is never random, or passes a check, counts. */
function mayCountWhenDecoded(rule: Rule): boolean {
  return HARD_BLOCK_TYPES.has(rule.entityType) || (rule.accepts !== null && rule.entityType !== "phone");
}
