import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "../../core/document/json-bytes.ts";
import { ID_BYTES_MAX, type RpcId, WHOLE_NUMBER } from "./json-rpc.ts";
import { isSpace } from "./ndjson.ts";

/** What can be told of a message that is not read: enough to answer it, or in its place. */
export interface SkimmedMessage {
  /** Null when there is none, or more than one. */
  readonly id: RpcId | null;
  /** It has a result or an error and no method. */
  readonly isAnswer: boolean;
}

/** Reads the members of a JSON-RPC message at its root from bytes of any length, and keeps nothing else of them. */
export interface RpcSkimmer {
  push(chunk: Uint8Array): void;
  end(): SkimmedMessage;
}

/** Reads one message. */
export function createRpcSkimmer(): RpcSkimmer {
  let depth = 0;
  let started = false;
  let isObject = false;
  let inString = false;
  let isEscaped = false;
  let awaitsKey = true;
  /** Bytes of the string or number at the root that is being read; longer ones are none of ours. */
  let text = "";
  let key: string | null = null;
  const ids: string[] = [];
  const seen = new Set<string>();

  return {
    push(chunk) {
      for (const byte of chunk) {
        if (inString) readInString(byte);
        else readBetween(byte);
      }
    },
    end() {
      if (depth === 1) endValue();
      const [id] = ids;
      return {
        id: ids.length === 1 ? readId(id!) : null,
        isAnswer: !seen.has("method") && (seen.has("result") || seen.has("error")),
      };
    },
  };

  function readInString(byte: number): void {
    if (depth === 1 && text.length <= ID_BYTES_MAX + 2) text += String.fromCharCode(byte);
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) {
      inString = false;
      if (depth === 1 && awaitsKey) key = text.slice(1, -1);
    }
  }

  function readBetween(byte: number): void {
    if (!started) {
      if (isSpace(byte)) return;
      started = true;
      isObject = byte === OPEN_BRACE;
    }
    if (!isObject) return;
    switch (byte) {
      case QUOTE:
        inString = true;
        if (depth === 1) text = '"';
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth++;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (depth === 1) endValue();
        depth--;
        break;
      case COLON:
        if (depth !== 1) break;
        awaitsKey = false;
        text = "";
        if (key === "method" || key === "result" || key === "error") seen.add(key);
        break;
      case COMMA:
        if (depth === 1) endValue();
        break;
      default:
        if (depth === 1 && !isSpace(byte) && text.length <= ID_BYTES_MAX) text += String.fromCharCode(byte);
    }
  }

  function endValue(): void {
    if (key === "id" && !awaitsKey) ids.push(text);
    key = null;
    awaitsKey = true;
    text = "";
  }
}

/** Of the bytes one to one; an id with other characters than ASCII is not echoed. */
function readId(text: string): RpcId | null {
  if (WHOLE_NUMBER.test(text)) return text;
  if (text.length > ID_BYTES_MAX || !/^"[ -~]*"$/.test(text)) return null;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return null;
  }
}
