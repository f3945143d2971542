import { isBase64Leaf } from "../../core/document/encoded-text.ts";
import { type PlaceRules, withoutLeaves } from "../../core/document/field-rules.ts";
import { type JsonDocument, NUMBER_LEAF } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { type MediaKind, readMediaLeaf } from "../../core/document/media.ts";
import { type NestedDocument, nestedDocument } from "../../core/document/nested-document.ts";
import type { SignedTexts } from "./signed-texts.ts";

/** What a rule may say that a leaf holds: `FieldContent` of the protocols, where each is explained. */
export type FieldContent = "json" | "opaque" | "signed-text" | "media" | "identifier" | "handle";

/** A document as it is looked into: what its places say and its leaves bear out. */
export interface FieldContents {
  /** The document without the leaves that are no text, or are read as something else. */
  readonly readable: JsonDocument;
  /** Documents in strings, read as what they say, by leaf. */
  readonly nested: ReadonlyMap<number, NestedDocument>;
  readonly media: readonly MediaLeaf[];
  /** Texts that are encoded at a place for media. */
  readonly encodedTexts: readonly EncodedTextLeaf[];
  /** Leaves that are never changed: nothing is replaced and nothing put back in them. */
  readonly fixed: ReadonlySet<number>;
  /** Those among them in which nothing may stand that a policy would change. */
  readonly handles: ReadonlySet<number>;
  /** Handles that are numbers of few digits: nothing is found in them. */
  readonly counters: ReadonlySet<number>;
  /** Signed texts that were not known yet. */
  readonly signed: readonly number[];
}

export interface MediaLeaf {
  readonly leaf: number;
  readonly kind: MediaKind;
}

export interface EncodedTextLeaf {
  readonly leaf: number;
  readonly text: Uint8Array;
}

export interface FieldContext {
  readonly direction: "request" | "response";
  /** Whose exchange it is; what one caller was sent is not known of another. */
  readonly scope: string;
}

/**
 * Reads a document by the rules of its route. No place is believed: a leaf that does not look like what its
 * place says stays readable, and is text.
 */
export function readFieldContents(
  document: JsonDocument,
  rules: PlaceRules<FieldContent> | undefined,
  { direction, scope }: FieldContext,
  signedTexts: SignedTexts,
): FieldContents {
  const places = rules?.placesIn(document) ?? [];
  if (places.length === 0) return allReadable(document);
  const left: number[] = [];
  const nested = new Map<number, NestedDocument>();
  const media: MediaLeaf[] = [];
  const encodedTexts: EncodedTextLeaf[] = [];
  const fixed = new Set<number>();
  const handles = new Set<number>();
  const counters = new Set<number>();
  const signed: number[] = [];
  for (const { leaf, holds } of places) {
    switch (holds) {
      case "identifier":
        if (isWord(document, leaf)) left.push(leaf);
        break;
      case "opaque":
        if (!isBase64Leaf(document, leaf, OPAQUE_LENGTH_MIN)) break;
        left.push(leaf);
        fixed.add(leaf);
        break;
      case "json": {
        const inner = nestedDocument(document, leaf);
        if (inner === null) break;
        left.push(leaf);
        nested.set(leaf, inner);
        break;
      }
      case "media": {
        const read = readMediaLeaf(document, leaf);
        if (read === null) break;
        left.push(leaf);
        if (read.holds === "media") media.push({ leaf, kind: read.kind });
        else encodedTexts.push({ leaf, text: read.text });
        break;
      }
      case "signed-text":
        if (direction === "response") {
          fixed.add(leaf);
          signed.push(leaf);
        } else if (signedTexts.knows(scope, leafText(document, leaf))) {
          left.push(leaf);
          fixed.add(leaf);
        }
        break;
      case "handle":
        fixed.add(leaf);
        (isShortNumber(document, leaf) ? counters : handles).add(leaf);
        break;
      default:
        holds satisfies never;
    }
  }
  return { readable: withoutLeaves(document, left), nested, media, encodedTexts, fixed, handles, counters, signed };
}

/** A document of which no rule says anything. */
function allReadable(document: JsonDocument): FieldContents {
  return {
    readable: document,
    nested: NO_DOCUMENTS,
    media: [],
    encodedTexts: [],
    fixed: NONE,
    handles: NONE,
    counters: NONE,
    signed: [],
  };
}

const NONE: ReadonlySet<number> = new Set();
const NO_DOCUMENTS: ReadonlyMap<number, NestedDocument> = new Map();

/** Signatures and encrypted texts are longer; what is shorter may be a word, a number or a key. */
const OPAQUE_LENGTH_MIN = 64;

// Of nine random digits one in thirty passes for some number of a person, and most handles are numbers.
function isShortNumber({ leaves }: JsonDocument, leaf: number): boolean {
  return leaves.kind[leaf] === NUMBER_LEAF && leaves.end[leaf]! - leaves.start[leaf]! <= SHORT_NUMBER_LENGTH_MAX;
}

/** The numbers of payment cards are longer. */
export const SHORT_NUMBER_LENGTH_MAX = 12;

// Names of the API are words. One with a digit, a capital or a space may be something that a rule finds.
function isWord({ bytes, leaves }: JsonDocument, leaf: number): boolean {
  const start = leaves.start[leaf]!;
  const end = leaves.end[leaf]!;
  if (end === start || end - start > WORD_LENGTH_MAX || !isSmallLetter(bytes[start]!)) return false;
  for (let at = start + 1; at < end; at++) {
    if (!isSmallLetter(bytes[at]!) && !joinsWords(bytes[at]!)) return false;
  }
  return true;
}

function isSmallLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

const WORD_LENGTH_MAX = 40;

/** Hyphen, dot and underscore. */
function joinsWords(byte: number): boolean {
  return byte === 0x2d || byte === 0x2e || byte === 0x5f;
}
