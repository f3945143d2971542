import type { Finding } from "../../core/detect/finding.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import type { NestedDocument } from "../../core/document/nested-document.ts";
import { textDocument } from "../../core/document/text-document.ts";
import type { FieldContents } from "./field-contents.ts";

/** What stands in a leaf and is read as a document of its own. */
export type InnerDocument = Pick<NestedDocument, "leaf" | "document" | "toOuter">;

/** The documents and the encoded texts in those strings of a document that are wanted. */
export function innerDocuments(
  { leaves }: JsonDocument,
  { nested, encodedTexts }: Pick<FieldContents, "nested" | "encodedTexts">,
  isWanted: (leaf: number) => boolean,
): readonly InnerDocument[] {
  const documents: InnerDocument[] = [...nested.values()].filter(({ leaf }) => isWanted(leaf));
  for (const { leaf, text } of encodedTexts) {
    if (!isWanted(leaf)) continue;
    // Of a text that is encoded nothing can be replaced but the whole.
    documents.push({ leaf, document: textDocument(text), toOuter: () => [leaves.start[leaf]!, leaves.end[leaf]!] });
  }
  return documents;
}

/** What is found in an inner document, as a finding of the whole: what goes on in there from leaf to leaf stays in this one. */
export function inWhole({ leaf, toOuter }: InnerDocument, finding: Finding): Finding {
  const { entityType, ruleId, confidence } = finding;
  const [start, end] = toOuter(finding.start, finding.end);
  return { leaf, entityType, ruleId, confidence, start, end };
}
