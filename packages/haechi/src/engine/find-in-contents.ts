import type { Direction, Finding } from "../core/detect/finding.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { runOf } from "../core/document/leaf-run.ts";
import { textDocument } from "../core/document/text-document.ts";
import type { FieldContents } from "./field-contents.ts";
import { type FindingEquipment, findInDocument } from "./find-in-document.ts";
import type { FindingMemory } from "./finding-memory.ts";

export interface FindInContentsOptions {
  readonly direction: Direction;
  readonly scanNumbers: boolean;
  /** Whose exchange it is. */
  readonly scope: string;
  readonly signal?: AbortSignal;
}

/** Everything the detectors find in a document and in the documents and encoded texts in its strings, unordered. */
export async function findInContents(
  whole: JsonDocument,
  contents: FieldContents,
  options: FindInContentsOptions,
  equipment: FindingEquipment & { readonly memory: FindingMemory },
): Promise<readonly Finding[]> {
  const { readable, nested, encodedTexts } = contents;
  const { known, adjacent, note } = equipment.memory.recall(whole, contents, options);
  const found = await findInDocument(readable, { ...options, known, adjacent }, equipment);
  const inside: Finding[] = [];
  const isKnown = (leaf: number) => runOf(leaf, known.runs) !== -1;
  for (const { leaf, document, toOuter } of nested.values()) {
    if (isKnown(leaf)) continue;
    for (const finding of await findInDocument(document, options, equipment)) {
      const [start, end] = toOuter(finding.start, finding.end);
      inside.push(placed(finding, leaf, start, end));
    }
  }
  for (const { leaf, text } of encodedTexts) {
    if (isKnown(leaf)) continue;
    // Of a text that is encoded nothing can be replaced but the whole.
    for (const finding of await findInDocument(textDocument(text), options, equipment)) {
      inside.push(placed(finding, leaf, whole.leaves.start[leaf]!, whole.leaves.end[leaf]!));
    }
  }
  const all = inside.length === 0 ? found : [...found, ...inside];
  note(all);
  return all;
}

/** What goes on from one leaf to the next inside of a leaf does not leave it. */
function placed({ entityType, ruleId, confidence }: Finding, leaf: number, start: number, end: number): Finding {
  return { leaf, entityType, ruleId, confidence, start, end };
}
