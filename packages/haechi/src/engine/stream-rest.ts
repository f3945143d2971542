import type { Direction, Finding } from "../core/detect/finding.ts";
import type { PlaceRules } from "../core/document/field-rules.ts";
import { type JsonDocument, STRING_LEAF } from "../core/document/json-document.ts";
import { type FindingRules, findIn } from "../core/inspect.ts";
import { restoreEdits } from "../core/restore/restore.ts";
import { type FieldContent, type FieldContents, readFieldContents } from "./find/field-contents.ts";
import { innerDocuments, inWhole } from "./find/inner-documents.ts";
import type { SignedTexts } from "./find/signed-texts.ts";

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
  const contents: FieldContents = {
    ...all,
    media: all.media.filter(({ leaf }) => !skipLeaf(leaf)),
    signed: all.signed.filter((leaf) => !skipLeaf(leaf)),
  };
  const found: Finding[] = [...findIn(all.readable, rules, options)];
  const { direction, scanNumbers } = options;
  for (const inner of innerDocuments(document, all, (leaf) => !skipLeaf(leaf))) {
    for (const finding of findIn(inner.document, rules, { direction, scanNumbers }))
      found.push(inWhole(inner, finding));
  }
  found.sort((a, b) => a.leaf - b.leaf || a.start - b.start);
  const marked = restoreEdits(document, restores)
    .map(({ leaf }) => leaf)
    .filter((leaf) => document.leaves.kind[leaf] === STRING_LEAF && !skipLeaf(leaf) && !all.fixed.has(leaf));
  return { document, contents, found, restorable: [...new Set(marked)] };
}
