import { findOwnMarkers } from "../core/detect/own-markers.ts";
import { compilePlaceRules } from "../core/document/field-rules.ts";
import { type JsonDocument, KEY_LEAF, NUMBER_LEAF } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import { ROOT } from "../core/document/member.ts";
import { escapeJson, type Splice, splice } from "../core/document/splice.ts";
import { isHaechiError } from "../core/errors.ts";
import type { Haechi } from "../engine/create-haechi.ts";
import { onlyContainer } from "../protocols/mcp/only-members.ts";

/** A message whose texts say nothing that its structured content does not say any more. */
export interface MaskedTwins {
  readonly bytes: Uint8Array;
  /** How often a value stood in the texts. */
  readonly count: number;
}

/**
 * A result says the same twice: in structured content, and in texts for those who read no other (revision 2025-06-18,
 * Structured Content). A value that only the name of its member has given away stands in a sentence without that name; here it
 * gets what it has got in the structured content.
 * @param changed the bytes of the document after its protection, with the same leaves
 */
export function maskTwins(document: JsonDocument, changed: Uint8Array, haechi: Pick<Haechi, "read">): MaskedTwins {
  if (changed === document.bytes) return { bytes: changed, count: 0 };
  const structured = structuredLeaves(document);
  if (structured.length === 0) return { bytes: changed, count: 0 };
  const after = haechi.read(changed);
  const replaced = new Map<string, string>();
  for (const leaf of structured) {
    const value = leafText(document, leaf);
    const replacement = leafText(after, leaf);
    // What was put back for a token stands where it may.
    if (value === replacement || !tellsSomething(value) || findOwnMarkers(value).length > 0) continue;
    replaced.set(value, replacement);
  }
  if (replaced.size === 0) return { bytes: changed, count: 0 };
  let count = 0;
  const values = [...replaced.keys()].sort((one, other) => other.length - one.length).slice(0, VALUES_MAX);
  const pattern = new RegExp([MARKER, ...values.map(literal)].join("|"), "g");
  const splices = texts.placesIn(after).flatMap(({ leaf }): Splice[] => {
    const text = leafText(after, leaf);
    const masked = maskedText(text);
    if (masked === text) return [];
    return [{ start: after.leaves.start[leaf]!, end: after.leaves.end[leaf]!, text: escapeJson(masked) }];
  });
  return { bytes: splice(changed, splices), count };

  function maskedText(text: string): string {
    if (!values.some((value) => text.includes(value))) return text;
    const inner = readInner(text, haechi);
    return inner === null ? maskedSentence(text) : fromUtf8.decode(maskedDocument(inner));
  }

  /** A text that is JSON stays JSON. */
  function maskedDocument(inner: JsonDocument): Uint8Array {
    const { leaves } = inner;
    const splices: Splice[] = [];
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      if (leaves.kind[leaf] === KEY_LEAF) continue;
      const text = leafText(inner, leaf);
      const masked = maskedSentence(text);
      if (masked === text) continue;
      const isNumber = leaves.kind[leaf] === NUMBER_LEAF;
      const written = isNumber ? `"${escapeJson(masked)}"` : escapeJson(masked);
      splices.push({ start: leaves.start[leaf]!, end: leaves.end[leaf]!, text: written });
    }
    return splice(inner.bytes, splices);
  }

  /** In one go, so that nothing is looked for in what was put in, and markers that stand there stay. */
  function maskedSentence(text: string): string {
    return text.replace(pattern, (found: string, at: number) => {
      const replacement = replaced.get(found);
      if (replacement === undefined || goesOn(text, at) || goesOn(text, at + found.length)) return found;
      count++;
      return replacement;
    });
  }
}

const MARKER = String.raw`\[(?:REDACTED|TOKEN|HAECHI_ENC):[^\]\s]*\]`;

/** The text as a pattern that matches it alone. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`);
}

const texts = compilePlaceRules([{ path: ["result", "content", "**", "text"], holds: "twin" as const }]);

/** The values in structured content. */
function structuredLeaves(document: JsonDocument): readonly number[] {
  const { containers, leaves } = document;
  const result = onlyContainer(document, ROOT, "result");
  const structured = result === null ? null : onlyContainer(document, result, "structuredContent");
  if (structured === null) return [];
  const within = new Set([structured]);
  // A parent stands before what it holds.
  for (let row = structured + 1; row < containers.count; row++)
    if (within.has(containers.parent[row]!)) within.add(row);
  const values: number[] = [];
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF && within.has(leaves.container[leaf]!)) values.push(leaf);
  }
  return values;
}

/** Shorter ones stand in any sentence; a name of a person may have two characters where they are syllables. */
function tellsSomething(value: string): boolean {
  return value.length >= (ASCII.test(value) ? ASCII_LENGTH_MIN : OTHER_LENGTH_MIN);
}

const ASCII = /^[\0-\x7f]*$/;
const ASCII_LENGTH_MIN = 4;
const OTHER_LENGTH_MIN = 2;
/** More values than these are the longest ones. */
const VALUES_MAX = 1_000;

/** Whether a word or number goes on over a place of a text. */
function goesOn(text: string, at: number): boolean {
  return at > 0 && WORD.test(text[at - 1]!) && WORD.test(text[at] ?? "");
}

const WORD = /\w/;

function readInner(text: string, haechi: Pick<Haechi, "read">): JsonDocument | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return haechi.read(utf8.encode(text));
  } catch (error) {
    if (isHaechiError(error)) return null;
    throw error;
  }
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
