import type { PlaceRules } from "../document/field-rules.ts";
import { OPEN_BRACKET } from "../document/json-bytes.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { type Splice, splice } from "../document/splice.ts";
import { tokenize } from "../document/tokenize.ts";
import { valueRange } from "../document/value-range.ts";
import type { Edit } from "../transform/edit.ts";
import { annotationOffsets } from "./annotation-offsets.ts";

/**
 * Makes what else a document says of its texts agree with edits that were made: offsets of annotations move along,
 * and what repeats a text token by token, too finely to be edited, is emptied.
 * @param after the bytes of the document with the edits made
 */
export function settleCopies(
  before: JsonDocument,
  edits: readonly Edit[],
  after: Uint8Array,
  copies: PlaceRules<"copy">,
): Uint8Array {
  if (edits.length === 0 || before.format !== "json") return after;
  // Edits change what leaves say, and neither their number nor their order.
  const document = tokenize(after, ANY_DEPTH);
  const emptied = copies.keysIn(document).flatMap((key): Splice[] => {
    const [start, end] = valueRange(document, key);
    return [{ start, end, text: after[start] === OPEN_BRACKET ? "[]" : "null" }];
  });
  const { start, end } = document.leaves;
  const moved = [...annotationOffsets(before, edits)].map(
    ([leaf, offset]): Splice => ({ start: start[leaf]!, end: end[leaf]!, text: String(offset) }),
  );
  const splices: Splice[] = [];
  for (const one of [...emptied, ...moved].sort((a, b) => a.start - b.start)) {
    // What stands within a copy goes with it.
    if (one.start >= (splices.at(-1)?.end ?? 0)) splices.push(one);
  }
  return splice(after, splices);
}

// It was read within its limit before.
const ANY_DEPTH = { depthMax: Number.POSITIVE_INFINITY };
