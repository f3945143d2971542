import type { Finding } from "../../core/detect/finding.ts";
import type { KnownRuns } from "../../core/detect/scan/scan.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { type FindingRules, findIn } from "../../core/inspect.ts";
import type { DocumentFinder, DocumentFindOptions } from "../../ports/document-finder.ts";

/** What finds, and who does it for large documents; all are found in here when nobody does. */
export interface FindingEquipment {
  readonly rules: FindingRules;
  readonly finder?: DocumentFinder;
}

/**
 * Everything the detectors find in a document, a large one without holding the event loop.
 * @throws HaechiError DETECTOR_UNAVAILABLE for a large document, or the reason of the signal
 */
export function findInDocument(
  document: JsonDocument,
  options: DocumentFindOptions,
  { rules, finder }: FindingEquipment,
): readonly Finding[] | Promise<readonly Finding[]> {
  const { direction, scanNumbers, known = NOTHING_KNOWN, adjacent, signal } = options;
  const asked = { direction, scanNumbers, known, ...(adjacent === undefined ? {} : { adjacent }) };
  const knownBytes = known.runs.reduce((sum, { start, end }) => sum + end - start, 0);
  if (finder === undefined || document.bytes.length - knownBytes <= INLINE_BYTES_MAX) {
    return findIn(document, rules, asked);
  }
  return finder.find(document, { ...asked, signal });
}

const NOTHING_KNOWN: KnownRuns = { runs: [], findings: [] };

// Ordinary text of this size holds the event loop for 4 ms and the slowest that is known for
// 45 ms; to hand a document over and to take the answer costs 0.1 ms.
const INLINE_BYTES_MAX = 128 * 1024;
