export { summarize } from "../core/audit/summarize.ts";
export type { Direction, Finding } from "../core/detect/finding.ts";
export type { JsonDocument, LeafKind, PathStep } from "../core/document/json-document.ts";
export { leafKind, leafText } from "../core/document/leaf.ts";
export { leafPath } from "../core/document/path.ts";
export { privatePath } from "../core/document/private-path.ts";
export { shapeHash } from "../core/document/shape.ts";
export { textDocument } from "../core/document/text-document.ts";
export { tokenize } from "../core/document/tokenize.ts";
export {
  type DetectionRules,
  type FindOptions,
  findIn,
  type Inspection,
  type JudgedFinding,
  judge,
} from "../core/inspect.ts";
export { applyEdits } from "../core/transform/apply-edits.ts";
export type { Edit } from "../core/transform/edit.ts";
export { createHaechi, type Haechi, type HaechiOptions } from "../engine/create-haechi.ts";
export type { Part, Protection, ProtectionContext } from "../engine/protect-document.ts";
export type { ProtectedStream, StreamContext } from "../engine/protect-stream.ts";
export type { StreamPiece } from "../engine/stream-piece.ts";
