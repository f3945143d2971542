import type { Direction, Finding } from "../core/detect/finding.ts";
import type { PlaceRules } from "../core/document/field-rules.ts";
import { type JsonDocument, STRING_LEAF } from "../core/document/json-document.ts";
import { textDocument } from "../core/document/text-document.ts";
import { type FindingRules, findIn } from "../core/inspect.ts";
import { restoreEdits } from "../core/restore/restore.ts";
import { type FieldContent, type FieldContents, readFieldContents } from "./field-contents.ts";
import type { SignedTexts } from "./signed-texts.ts";

/** What stands in one piece of a stream beside its growing texts. */
export interface StreamRest {
  readonly document: JsonDocument;
  readonly contents: FieldContents;
  /** By leaf and start, of every leaf that is not skipped. */
  readonly found: readonly Finding[];
  /** Strings with markers of this exchange in them. They are read as growing texts are, so that both say the same. */
  readonly restorable: readonly number[];
}

export interface StreamRestOptions {
  readonly direction: Direction;
  readonly scanNumbers: boolean;
  readonly scope: string;
  readonly restores: ReadonlyMap<string, string>;
  readonly fields?: PlaceRules<FieldContent> | undefined;
  /** Leaves that are looked at elsewhere. */
  readonly skipLeaf: (leaf: number) => boolean;
}

/** Finds everything in a piece of a stream but in the leaves that are skipped. */
export function readStreamRest(
  document: JsonDocument,
  options: StreamRestOptions,
  rules: FindingRules,
  signedTexts: SignedTexts,
): StreamRest {
  const { skipLeaf, restores } = options;
  const all = readFieldContents(document, options.fields, options, signedTexts);
  const isHere = ({ leaf }: { readonly leaf: number }) => !skipLeaf(leaf);
  const contents: FieldContents = {
    ...all,
    media: all.media.filter(isHere),
    signed: all.signed.filter((leaf) => !skipLeaf(leaf)),
  };
  const found: Finding[] = [...findIn(all.readable, rules, options)];
  for (const { leaf, document: inner, toOuter } of [...all.nested.values()].filter(isHere)) {
    for (const finding of findIn(inner, rules, { ...options, skipLeaf: () => false })) {
      const [start, end] = toOuter(finding.start, finding.end);
      found.push({ ...finding, leaf, start, end });
    }
  }
  for (const { leaf, text } of all.encodedTexts.filter(isHere)) {
    // Of a text that is encoded nothing can be replaced but the whole.
    const [start, end] = [document.leaves.start[leaf]!, document.leaves.end[leaf]!];
    const inText = findIn(textDocument(text), rules, { ...options, skipLeaf: () => false });
    found.push(...inText.map((finding) => ({ ...finding, leaf, start, end })));
  }
  found.sort((a, b) => a.leaf - b.leaf || a.start - b.start);
  const marked = restoreEdits(document, restores)
    .map(({ leaf }) => leaf)
    .filter((leaf) => document.leaves.kind[leaf] === STRING_LEAF && !skipLeaf(leaf) && !all.fixed.has(leaf));
  return { document, contents, found, restorable: [...new Set(marked)] };
}
