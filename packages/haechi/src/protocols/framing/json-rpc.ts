import {
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { foldedName, ROOT } from "../../core/document/member.ts";

/** The id of a request as JSON: `7`, `"a"`. */
export type RpcId = string;

/** What a document is in JSON-RPC 2.0. */
export type RpcMessage =
  | { readonly kind: "request"; readonly id: RpcId; readonly method: string }
  | { readonly kind: "notification"; readonly method: string }
  /** The id is null in the answer to something that could not be read. */
  | { readonly kind: "response"; readonly id: RpcId | null; readonly outcome: "result" | "error" }
  | {
      readonly kind: "invalid";
      readonly reason: InvalidReason;
      readonly id: RpcId | null;
      /** It looks like the answer to a request, so somebody waits for it. */
      readonly isAnswer: boolean;
    };

/**
 * - `ambiguous_member`: a member of the protocol stands there twice, or in other letters, so that
 *   parsers differ in what the message is.
 * - `no_kind`: none of `method`, `result` and `error`, or several of them.
 */
export type InvalidReason =
  | "not_an_object"
  | "empty_batch"
  | "batch_too_long"
  | "ambiguous_member"
  | "invalid_version"
  | "invalid_id"
  | "invalid_method"
  | "no_kind";

const MEMBERS = ["jsonrpc", "id", "method", "params", "result", "error"] as const;
type Member = (typeof MEMBERS)[number];

const VERSION = "2.0";

/** Says what a document is. What two parsers could take differently is invalid. */
export function readRpcMessage(
  document: JsonDocument,
  { requiresVersion }: { readonly requiresVersion: boolean },
): RpcMessage {
  if (document.containers.count === 0 || document.containers.kind[ROOT] !== OBJECT_CONTAINER) {
    return { kind: "invalid", reason: "not_an_object", id: null, isAnswer: false };
  }
  const { keys, ambiguous } = membersOf(document);
  const { method, result, error } = keys;
  const id = keys.id === undefined || ambiguous.has("id") ? NO_ID : idUnder(document, keys.id);
  const isAnswer = method === undefined && (result !== undefined || error !== undefined);
  const invalid = (reason: InvalidReason): RpcMessage => ({ kind: "invalid", reason, id: id.text, isAnswer });

  if (ambiguous.size > 0) return invalid("ambiguous_member");
  if (requiresVersion && (keys.jsonrpc === undefined || stringUnder(document, keys.jsonrpc) !== VERSION)) {
    return invalid("invalid_version");
  }
  if ([method, result, error].filter((key) => key !== undefined).length !== 1) return invalid("no_kind");
  if (method !== undefined) {
    const name = stringUnder(document, method);
    if (name === null) return invalid("invalid_method");
    if (keys.id === undefined) return { kind: "notification", method: name };
    return id.text === null ? invalid("invalid_id") : { kind: "request", id: id.text, method: name };
  }
  const outcome = result === undefined ? "error" : "result";
  // JSON-RPC 2.0, section 5: the id is null where that of the request could not be read.
  const mayLackId = outcome === "error" && (keys.id === undefined || id.isNull);
  return id.text === null && !mayLackId ? invalid("invalid_id") : { kind: "response", id: id.text, outcome };
}

/** True for an array, which JSON-RPC has for several messages in one. */
export function isBatch({ containers }: JsonDocument): boolean {
  return containers.count > 0 && containers.kind[ROOT] !== OBJECT_CONTAINER;
}

interface Members {
  /** The leaf of the key of each member. */
  readonly keys: Partial<Record<Member, number>>;
  /** Those that stand there more than once, or in other letters. */
  readonly ambiguous: ReadonlySet<Member>;
}

function membersOf(document: JsonDocument): Members {
  const { leaves } = document;
  const keys: Partial<Record<Member, number>> = {};
  const ambiguous = new Set<Member>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.container[leaf] !== ROOT || leaves.kind[leaf] !== KEY_LEAF) continue;
    const name = leafText(document, leaf);
    const folded = foldedName(name);
    const member = MEMBERS.find((one) => one === folded);
    if (member === undefined) continue;
    // Go takes a key in any case, and parsers differ in which of two they keep.
    if (name !== member || keys[member] !== undefined) ambiguous.add(member);
    keys[member] = leaf;
  }
  return { keys, ambiguous };
}

/** Null where something else than a string stands. */
function stringUnder(document: JsonDocument, key: number): string | null {
  const value = key + 1;
  return isValueOf(document, value, key) && document.leaves.kind[value] === STRING_LEAF
    ? leafText(document, value)
    : null;
}

interface ReadId {
  /** Null for what can be no id: a fraction, a boolean, a container, null. */
  readonly text: RpcId | null;
  readonly isNull: boolean;
}

const NO_ID: ReadId = { text: null, isNull: false };

function idUnder(document: JsonDocument, key: number): ReadId {
  const { leaves } = document;
  const value = key + 1;
  if (!isValueOf(document, value, key)) return { text: null, isNull: isNullUnder(document, key) };
  if (leaves.end[value]! - leaves.start[value]! > ID_BYTES_MAX) return NO_ID;
  const text = leafText(document, value);
  if (leaves.kind[value] === NUMBER_LEAF) return WHOLE_NUMBER.test(text) ? { text, isNull: false } : NO_ID;
  // The two sides may spell a string differently.
  return { text: JSON.stringify(text), isNull: false };
}

/** A string or a number is the leaf after its key; anything else is no leaf of the same place. */
function isValueOf({ leaves }: JsonDocument, value: number, key: number): boolean {
  return value < leaves.count && leaves.container[value] === ROOT && leaves.slot[value] === key;
}

function isNullUnder({ bytes, leaves }: JsonDocument, key: number): boolean {
  let at = leaves.end[key]! + 1;
  while (bytes[at] === 0x20 || bytes[at] === 0x3a || bytes[at] === 0x09 || bytes[at] === 0x0a || bytes[at] === 0x0d)
    at++;
  return bytes[at] === 0x6e;
}

export const WHOLE_NUMBER = /^-?\d{1,20}$/;
/** It is kept until the answer comes. */
export const ID_BYTES_MAX = 256;
