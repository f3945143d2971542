import { isUtf8 } from "node:buffer";
import { decodeBase64, isBase64, leafBytes } from "../core/document/encoded-text.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { knownMediaKind } from "../core/document/media.ts";
import { type Splice, splice } from "../core/document/splice.ts";
import { tokenize } from "../core/document/tokenize.ts";
import { encodedLeaves } from "../protocols/mcp/places.ts";

/** A text that a message carries in base64, such as the file of a resource. */
export interface EncodedText {
  readonly leaf: number;
  readonly text: Uint8Array;
  readonly coding: "base64" | "base64url";
}

/** The texts of a message that stand there in base64, at places for data of any kind. */
export function encodedTexts(document: JsonDocument): readonly EncodedText[] {
  return encodedLeaves(document).flatMap((leaf) => {
    const digits = leafBytes(document, leaf);
    if (digits.length < LENGTH_MIN || !isBase64(digits)) return [];
    const text = decodeBase64(digits);
    // A zero byte stands in no text.
    if (knownMediaKind(text) !== null || !isUtf8(text) || text.includes(0)) return [];
    const coding = digits.includes(HYPHEN) || digits.includes(UNDERSCORE) ? "base64url" : "base64";
    return [{ leaf, text, coding }];
  });
}

/** The bytes of a message with other texts in the place of its own; edits change neither number nor order of leaves. */
export function withEncodedTexts(
  bytes: Uint8Array,
  encoded: readonly EncodedText[],
  texts: readonly Uint8Array[],
): Uint8Array {
  if (encoded.every(({ text }, index) => texts[index] === text)) return bytes;
  const { leaves } = tokenize(bytes, ANY_DEPTH);
  const splices = encoded.flatMap(({ leaf, text, coding }, index): Splice[] => {
    const changed = texts[index]!;
    if (changed === text) return [];
    return [{ start: leaves.start[leaf]!, end: leaves.end[leaf]!, text: Buffer.from(changed).toString(coding) }];
  });
  return splice(bytes, splices);
}

/** Shorter ones hold nothing that a rule finds. */
const LENGTH_MIN = 8;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
// It was read within its limit before.
const ANY_DEPTH = { depthMax: Number.POSITIVE_INFINITY };
