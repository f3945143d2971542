import type { JsonDocument } from "../../core/document/json-document.ts";
import { textDocument } from "../../core/document/text-document.ts";
import type { Part } from "../../engine/inspect-part.ts";

/** A body as what is to be protected of it. */
export interface BodyParts {
  /** The document whose members say what is asked for; null for a body without members. */
  readonly members: JsonDocument | null;
  /** Never none. */
  readonly parts: readonly Part[];
  /** The body with these bytes in the places of its parts; the very same bytes when every part has its own. */
  readonly assemble: (bytes: readonly Uint8Array[]) => Uint8Array;
}

/** A body that is one document. */
export function wholeBody(document: JsonDocument, fields?: Part["fields"], copies?: Part["copies"]): BodyParts {
  return {
    members: document.format === "json" ? document : null,
    parts: [{ place: "body", document, fields, copies }],
    assemble: ([bytes]) => bytes!,
  };
}

/** A stretch of a body with parts of its own; what stands between stretches is no text of anybody's. */
export interface BodyStretch {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly Part[];
  /** What to write; null to leave it as it is. */
  readonly assemble: (bytes: readonly Uint8Array[]) => Uint8Array | null;
}

/** A body of which only some stretches are to be protected, in their order. */
export function stretchedBody(body: Uint8Array, stretches: readonly BodyStretch[], members: JsonDocument): BodyParts {
  const parts = stretches.flatMap((stretch) => stretch.parts);
  return {
    members,
    // An event is made of every body, also of one without any text.
    parts: parts.length === 0 ? [{ place: "body", document: NO_TEXT }] : parts,
    assemble(bytes) {
      const pieces: Uint8Array[] = [];
      let copied = 0;
      let next = 0;
      for (const { start, end, parts: own, assemble } of stretches) {
        const written = assemble(bytes.slice(next, next + own.length));
        next += own.length;
        if (written === null) continue;
        pieces.push(body.subarray(copied, start), written);
        copied = end;
      }
      return pieces.length === 0 ? body : Buffer.concat([...pieces, body.subarray(copied)]);
    },
  };
}

/** Stands for a text that is not there. */
export const NO_TEXT: JsonDocument = textDocument(new Uint8Array(0));
