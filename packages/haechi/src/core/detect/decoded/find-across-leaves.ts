import type { JsonDocument } from "../../document/json-document.ts";
import type { EntityType } from "../entity-type.ts";
import type { Finding } from "../finding.ts";
import { adjacentText, type LeafPiece } from "./decoded-adjacent.ts";
import type { AdjacentParts } from "./decoded-parts.ts";

/**
 * What goes on from one part of a message to the next; each part gets its piece as a finding.
 * @param inLeaves what was found in the leaves themselves
 * @param find finds in a text that is made of the parts
 */
export function findAcrossLeaves(
  document: JsonDocument,
  runs: readonly AdjacentParts[],
  inLeaves: readonly Finding[],
  find: (text: Uint8Array) => readonly Finding[],
): Finding[] {
  const { bytes, piecesOf } = adjacentText(document, runs);
  const across: Finding[] = [];
  for (const finding of find(bytes)) {
    const pieces = piecesOf(finding.start, finding.end);
    // What is whole without the next part does not go on in it.
    if (pieces.length < 2 || pieces.some((piece) => isFoundIn(piece, finding.entityType, inLeaves))) continue;
    across.push(...pieces.map((piece) => ({ ...finding, ...piece, acrossLeaves: true as const })));
  }
  return across;
}

function isFoundIn(piece: LeafPiece, entityType: EntityType, inLeaves: readonly Finding[]): boolean {
  return inLeaves.some(
    (found) =>
      found.acrossLeaves !== true &&
      found.leaf === piece.leaf &&
      found.entityType === entityType &&
      found.start >= piece.start &&
      found.end <= piece.end,
  );
}
