import type { Direction } from "../core/detect/finding.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { textDocument } from "../core/document/text-document.ts";
import { tokenize } from "../core/document/tokenize.ts";
import { findIn } from "../core/inspect.ts";
import {
  type Equipment,
  type Part,
  type Protection,
  type ProtectionContext,
  protectParts,
} from "./protect-document.ts";
import { openProtectedStream, type ProtectedStream, type StreamContext } from "./protect-stream.ts";

/** Protects documents and streams with one set of rules, keys and records. */
export interface Haechi {
  /**
   * Reads a body.
   * @throws HaechiError DOCUMENT_NOT_UTF8, DOCUMENT_NOT_JSON, DOCUMENT_TOO_DEEP
   */
  read(bytes: Uint8Array): JsonDocument;
  /** Whether the detectors find anything in a text, by any policy. */
  findsAnything(text: Uint8Array, direction: Direction): boolean;
  /** Inspects, decides, replaces and records; when the promise resolves the decision is durable. */
  protect(parts: readonly Part[], context: ProtectionContext): Promise<Protection>;
  openStream(context: StreamContext): ProtectedStream;
}

export interface HaechiOptions extends Equipment {
  /** Containers that a document may nest. */
  readonly depthMax: number;
}

export function createHaechi(options: HaechiOptions): Haechi {
  return {
    read: (bytes) => tokenize(bytes, options),
    findsAnything(text, direction) {
      // A value that is only seen after decoding is found in its own text, not in a joined one.
      if (options.rules.decodeAndRescan) return true;
      return findIn(textDocument(text), options.rules, { direction, scanNumbers: true }).length > 0;
    },
    protect: (parts, context) => protectParts(parts, context, options),
    openStream: (context) => openProtectedStream(context, options),
  };
}
