import { type JsonDocument, KEY_LEAF, NUMBER_LEAF, STRING_LEAF } from "../document/json-document.ts";
import { sourceText } from "../document/leaf.ts";
import { EDITS_PER_STEP, escapeJson, inOneGo, type Splice, type Steps, spliceSteps } from "../document/splice.ts";
import type { Edit } from "./edit.ts";
import { keySuffixSteps } from "./key-suffixes.ts";
import { keepNestedJson } from "./nested-json.ts";

/**
 * The document with the edits made; every byte outside of them is as it was, and
 * JSON stays valid JSON, also where a string spells it. A number with an edit becomes a string; a renamed key that
 * would equal a sibling gets `#2`, `#3`, ….
 * It goes step by step: whoever has something else to do can do it between two of them.
 * @param edits in any order; no two of them overlap
 * @throws RangeError for edits that overlap or leave their leaf: leaving one out would leave its text in clear
 */
export function* editSteps(document: JsonDocument, edits: readonly Edit[]): Steps<Uint8Array> {
  if (edits.length === 0) return document.bytes;
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const edit of sorted) requireInsideLeaf(document, edit);
  if (document.format === "text") return yield* spliceSteps(document.bytes, sorted.map(literalSplice));

  if (sorted.length > EDITS_PER_STEP) yield;
  const byLeaf = groupByLeaf(sorted);
  if (sorted.length > EDITS_PER_STEP) yield;
  const suffixes = yield* keySuffixSteps(document, yield* newKeyNameSteps(document, byLeaf));
  const splices: Splice[] = [];
  let stepEnd = EDITS_PER_STEP;
  for (const [leaf, leafEdits] of byLeaf) {
    const before = opening(document, leaf);
    const after = closing(document, leaf, suffixes);
    if (before !== "") splices.push(insertion(document.leaves.start[leaf]!, before));
    const made = document.leaves.kind[leaf] === STRING_LEAF ? keepNestedJson(document, leaf, leafEdits) : leafEdits;
    for (const edit of made) {
      if (splices.push(escapedSplice(edit)) < stepEnd) continue;
      stepEnd += EDITS_PER_STEP;
      yield;
    }
    if (after !== "") splices.push(insertion(document.leaves.end[leaf]!, after));
  }
  return yield* spliceSteps(document.bytes, splices);
}

/** As `editSteps`, in one go. */
export function applyEdits(document: JsonDocument, edits: readonly Edit[]): Uint8Array {
  return inOneGo(editSteps(document, edits));
}

function requireInsideLeaf({ leaves }: JsonDocument, { leaf, start, end }: Edit): void {
  if (start >= leaves.start[leaf]! && start <= end && end <= leaves.end[leaf]!) return;
  throw new RangeError("an edit leaves its leaf");
}

function literalSplice({ start, end, replacement }: Edit): Splice {
  return { start, end, text: replacement };
}

function escapedSplice({ start, end, replacement }: Edit): Splice {
  return { start, end, text: escapeJson(replacement) };
}

function insertion(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

function groupByLeaf(sorted: readonly Edit[]): ReadonlyMap<number, readonly Edit[]> {
  const groups = new Map<number, Edit[]>();
  for (const edit of sorted) {
    const group = groups.get(edit.leaf);
    if (group === undefined) groups.set(edit.leaf, [edit]);
    else group.push(edit);
  }
  return groups;
}

function opening({ leaves }: JsonDocument, leaf: number): string {
  return leaves.kind[leaf] === NUMBER_LEAF ? '"' : "";
}

function closing({ leaves }: JsonDocument, leaf: number, suffixes: ReadonlyMap<number, string>): string {
  return leaves.kind[leaf] === NUMBER_LEAF ? '"' : (suffixes.get(leaf) ?? "");
}

function* newKeyNameSteps(
  document: JsonDocument,
  byLeaf: ReadonlyMap<number, readonly Edit[]>,
): Steps<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const [leaf, edits] of byLeaf) {
    if (document.leaves.kind[leaf] !== KEY_LEAF) continue;
    names.set(leaf, editedText(document, leaf, edits));
    if (names.size % EDITS_PER_STEP === 0) yield;
  }
  return names;
}

/** What the leaf spells after its edits. */
function editedText(document: JsonDocument, leaf: number, edits: readonly Edit[]): string {
  let text = "";
  let from = document.leaves.start[leaf]!;
  for (const { start, end, replacement } of edits) {
    text += sourceText(document, from, start, leaf) + replacement;
    from = end;
  }
  return text + sourceText(document, from, document.leaves.end[leaf]!, leaf);
}
