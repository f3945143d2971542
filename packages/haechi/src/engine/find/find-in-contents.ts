import type { Direction, Finding } from "../../core/detect/finding.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { runOf } from "../../core/document/leaf-run.ts";
import type { FieldContents } from "./field-contents.ts";
import { type FindingEquipment, findInDocument } from "./find-in-document.ts";
import type { FindingMemory } from "./finding-memory.ts";
import { innerDocuments, inWhole } from "./inner-documents.ts";

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
  const { known, adjacent, note } = equipment.memory.recall(whole, contents, options);
  const all = [...(await findInDocument(contents.readable, { ...options, known, adjacent }, equipment))];
  for (const inner of innerDocuments(whole, contents, (leaf) => runOf(leaf, known.runs) === -1)) {
    const found = await findInDocument(inner.document, options, equipment);
    for (const finding of found) all.push(inWhole(inner, finding));
  }
  note(all);
  return all;
}
