import type { Policy } from "../core/decide/policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { jsonLines } from "../core/document/json-lines.ts";
import { textDocument } from "../core/document/text-document.ts";
import { tokenize } from "../core/document/tokenize.ts";
import { findIn, judge } from "../core/inspect.ts";
import { createFindingMemory } from "./find/finding-memory.ts";
import { createSignedTexts } from "./find/signed-texts.ts";
import type { MediaPolicy, Part } from "./inspect-part.ts";
import {
  type ByteRange,
  type Equipment,
  findBlocked,
  type Protection,
  type ProtectionContext,
  protectParts,
} from "./protect-document.ts";
import { openProtectedStream, type ProtectedStream, type StreamContext } from "./protect-stream.ts";
import { type WarmUpStep, warmUpSteps } from "./warm-up.ts";

/** Protects documents and streams with one set of rules, keys and records. */
export interface Haechi {
  /**
   * Reads a body.
   * @throws HaechiError DOCUMENT_NOT_UTF8, DOCUMENT_NOT_JSON, DOCUMENT_TOO_DEEP
   */
  read(bytes: Uint8Array): JsonDocument;
  /**
   * Reads a body of JSON Lines, as an array of its lines.
   * @throws HaechiError DOCUMENT_NOT_UTF8, DOCUMENT_NOT_JSON, DOCUMENT_TOO_DEEP
   */
  readLines(bytes: Uint8Array): JsonDocument;
  /**
   * Whether the detectors find anything in a request's texts outside its body, whatever
   * the policy. It remembers what was clean: a client sends the same headers every time.
   */
  findsAnything(text: string): boolean;
  /** Whether some policy would change or block something in a small document; nothing is done about it or recorded. */
  wouldChange(document: JsonDocument, policies: ReadonlySet<Policy>): boolean;
  /** Inspects, decides, replaces and records; when the promise resolves the decision is durable. */
  protect(parts: readonly Part[], context: ProtectionContext): Promise<Protection>;
  /** Where in a part stands what the policy blocks; nothing is done about it or recorded. */
  findBlocked(part: Part, context: ProtectionContext): Promise<readonly ByteRange[]>;
  openStream(context: StreamContext): ProtectedStream;
  /** What the first document and the first stream would otherwise wait for, in steps; for an idle process. */
  readonly warmUp: readonly WarmUpStep[];
}

export interface HaechiOptions extends Omit<Equipment, "media" | "tokenIds" | "signedTexts" | "memory"> {
  /** All media are let through when absent. */
  readonly media?: MediaPolicy;
  /** What happens to text in the form of token ids; blocked when absent. */
  readonly tokenIds?: Equipment["tokenIds"];
  /** Containers that a document may nest. */
  readonly depthMax: number;
}

/** Clean texts to remember, and how long one may be. */
const CLEAN_TEXTS_MAX = 512;
const CLEAN_TEXT_LENGTH_MAX = 2048;

const ALL_ALLOWED: MediaPolicy = { image: "allow", audio: "allow", video: "allow", file: "allow" };

const utf8 = new TextEncoder();

export function createHaechi(options: HaechiOptions): Haechi {
  const equipment: Equipment = {
    ...options,
    media: options.media ?? ALL_ALLOWED,
    tokenIds: options.tokenIds ?? "block",
    signedTexts: createSignedTexts(options.random),
    memory: createFindingMemory(options.random),
  };
  const clean = new Set<string>();
  return {
    read: (bytes) => tokenize(bytes, options),
    readLines: (bytes) => jsonLines(bytes, options),
    findsAnything(text) {
      // A value that is only seen after decoding is found in its own text, not in a joined one.
      if (options.rules.decodeAndRescan) return true;
      if (clean.has(text)) return false;
      const document = textDocument(utf8.encode(text));
      if (findIn(document, options.rules, { direction: "request", scanNumbers: true }).length > 0) return true;
      if (text.length <= CLEAN_TEXT_LENGTH_MAX) {
        if (clean.size >= CLEAN_TEXTS_MAX) clean.clear();
        clean.add(text);
      }
      return false;
    },
    wouldChange(document, policies) {
      const { rules } = options;
      const found = findIn(document, rules, { direction: "request", scanNumbers: true });
      return [...policies].some((policy) => {
        const { blocked, changes } = judge(found, document, rules.precision, policy);
        return blocked || changes.length > 0;
      });
    },
    protect: (parts, context) => protectParts(parts, context, equipment),
    findBlocked: (part, context) => findBlocked(part, context, equipment),
    openStream: (context) => openProtectedStream(context, equipment),
    warmUp: warmUpSteps(options.rules),
  };
}
