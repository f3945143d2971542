import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { findJsonFault } from "../../src/config/json-syntax.ts";
import { sealEntry } from "../../src/core/audit/entry-line.ts";
import { loggable } from "../../src/core/audit/loggable.ts";
import { recoverTail } from "../../src/core/audit/recover-tail.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import { createLogVerifier, type ExpectedHead } from "../../src/core/audit/verify-log.ts";
import { canonicalJson } from "../../src/core/crypto/canonical-json.ts";
import { parseEnvelope } from "../../src/core/crypto/parse-envelope.ts";
import { detect } from "../../src/core/detect/detect.ts";
import { type JsonDocument, KEY_LEAF, NUMBER_LEAF } from "../../src/core/document/json-document.ts";
import { leafText } from "../../src/core/document/leaf.ts";
import { textDocument } from "../../src/core/document/text-document.ts";
import { tokenize } from "../../src/core/document/tokenize.ts";
import { HaechiError } from "../../src/core/errors.ts";
import { normalizeLeaf } from "../../src/core/normalize/normalize.ts";
import { multipartParts } from "../../src/gateway/body/multipart.ts";
import { createLineReader } from "../../src/mcp/line-reader.ts";
import type { FrameSplitter, StreamFrame } from "../../src/protocols/framing/frame.ts";
import { splitterOf } from "../../src/protocols/framing/framings.ts";
import { readRpcMessage } from "../../src/protocols/framing/json-rpc.ts";
import { elementRanges } from "../../src/protocols/framing/json-rpc-batch.ts";
import type { StreamFraming } from "../../src/protocols/protocol.ts";
import type { SeededNumbers } from "../support/seeded-numbers.ts";
import type { Vocabulary } from "./mutations.ts";

/** A reader of bytes that somebody else wrote, and what holds of it whatever they are. */
export interface Surface extends Vocabulary {
  readonly name: string;
  /** Throws where something does not hold. */
  check(bytes: Uint8Array, numbers: SeededNumbers): void;
}

const utf8 = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const bytesOf = (texts: readonly string[]): Uint8Array[] => texts.map((text) => utf8.encode(text));

/** What a reader gives, or null where it refuses in its own words; anything else that is thrown is a fault. */
function unlessRefused<Read>(read: () => Read): Read | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof HaechiError) return null;
    throw error;
  }
}

const DEPTH_MAX = 32;
const documentOf = (bytes: Uint8Array) => unlessRefused(() => tokenize(bytes, { depthMax: DEPTH_MAX }));

function parsed(bytes: Uint8Array): { readonly value: unknown } | null {
  if (!isUtf8(bytes)) return null;
  try {
    return { value: JSON.parse(decoder.decode(bytes)) };
  } catch {
    return null;
  }
}

/** The strings and the numbers of a value, as often as they stand there. */
function scalarsOf(value: unknown, found: (string | number)[] = []): (string | number)[] {
  if (typeof value === "string" || typeof value === "number") found.push(value);
  else if (Array.isArray(value)) for (const element of value) scalarsOf(element, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      found.push(key);
      scalarsOf(member, found);
    }
  }
  return found;
}

function leavesOf(document: JsonDocument): (string | number)[] {
  return Array.from({ length: document.leaves.count }, (_, leaf) => {
    const text = leafText(document, leaf);
    return document.leaves.kind[leaf] === NUMBER_LEAF ? Number(text) : text;
  });
}

/** A parser keeps one of two members with the same name, and sorts names that are numbers. */
function hasPlainKeys(document: JsonDocument): boolean {
  const { leaves } = document;
  const seen = new Set<string>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF) continue;
    const key = `${leaves.container[leaf]} ${leafText(document, leaf)}`;
    if (seen.has(key) || /^\d+ (\d+|__proto__)$/.test(key)) return false;
    seen.add(key);
  }
  return true;
}

const JSON_SIGNS = [
  ...'{}[],:"\\',
  "\\u0000",
  "\\ud83d",
  "\\udc00",
  "\\u00e9",
  "\\/",
  "null",
  "true",
  "-0",
  "1e400",
  "0.1",
  "12345678901234567890",
  "\ufeff",
  "\u2028",
  "\u0000",
  "\n",
  "\t ",
  '"__proto__":',
  '"a":',
];
const CHAT =
  '{"model":"gpt-x","stream":true,"messages":[{"role":"user","content":"write to jane.doe@example.com, 4111 1111 1111 1111"},{"role":"assistant","tool_calls":[{"function":{"arguments":"{\\"iban\\":\\"DE89370400440532013000\\"}"}}]}],"n":1.50,"x":[true,false,null,-0.0e+1]}';
const DOCUMENTS = bytesOf([CHAT, '[[],{},"",0,{"a":{"b":[{"c":"\\ud83d\\ude00 é ␀"}]}}]', '"text"', " 12 ", "{}"]);

const json: Surface = {
  name: "a JSON text is read as JSON.parse reads it, or refused",
  samples: DOCUMENTS,
  signs: JSON_SIGNS,
  check(bytes) {
    const document = documentOf(bytes);
    const known = parsed(bytes);
    if (document === null) {
      if (known !== null) assert.ok(depthOf(known.value) > DEPTH_MAX, "refused, and well-formed");
      return;
    }
    assert.ok(known !== null, "accepted, and not well-formed");
    if (hasPlainKeys(document)) assert.deepEqual(leavesOf(document), scalarsOf(known.value));
  },
};

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

const configuration: Surface = {
  name: "a configuration that has no fault is JSON, and what is JSON has none but members that a parser drops",
  samples: DOCUMENTS,
  signs: JSON_SIGNS,
  check(bytes) {
    const text = decoder.decode(bytes);
    const fault = findJsonFault(text);
    const known = parsed(utf8.encode(text));
    if (fault === null) assert.ok(known !== null);
    else {
      assert.ok(fault.line >= 1 && fault.line <= text.split("\n").length && fault.column >= 1);
      if (known !== null) {
        const document = documentOf(utf8.encode(text));
        assert.ok(document === null || !hasPlainKeys(document), `${fault.line}:${fault.column}`);
      }
    }
  },
};

interface StreamForm extends Vocabulary {
  /** The data of a stream, read another way; null where that way cannot tell. */
  readonly dataIn: (stream: string) => readonly string[] | null;
}

const STREAMS: Readonly<Record<StreamFraming, StreamForm>> = {
  sse: {
    dataIn: eventData,
    samples: bytesOf([
      'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n',
      ": hi\r\nid: 7\r\nevent: x\r\ndata: a\r\ndata:b\r\n\r\nretry: 10\r\rdata\r\r",
    ]),
    signs: ["\n", "\r", "\r\n", "\n\n", "data:", "data", "event: e", "id:\u0000", ":", "\ufeff", "[DONE]", " "],
  },
  ndjson: {
    dataIn: (stream) =>
      stream.split("\n").flatMap((line) => (/^[ \t\r]*$/.test(line) ? [] : [line.replace(/^[ \t\r]+|[ \t\r]+$/g, "")])),
    samples: bytesOf(['{"response":"a","done":false}\n{"done":true}\r\n', '\ufeff{"a":1}\n\n [1]']),
    signs: ["\n", "\r\n", "\r", "{", "}", '"', "\\", " ", "\ufeff"],
  },
  "json-array": {
    dataIn: elementsOf,
    samples: bytesOf(['[{"candidates":[{"content":"a]"}]}\n,\r\n{"b":"\\"}"}]\n', '{"error":{"code":400}}', "[]"]),
    signs: ["[", "]", "{", "}", '"', "\\", ",", "\n", "\ufeff"],
  },
};

const framings: readonly Surface[] = (["sse", "ndjson", "json-array"] as const).map((framing) => ({
  samples: STREAMS[framing].samples,
  signs: STREAMS[framing].signs,
  name: `the frames of a stream are all its bytes, and hold the same wherever it is cut: ${framing}`,
  check(bytes, numbers) {
    const whole = framesOf(splitterOf(framing), [bytes]);
    assert.deepEqual(Buffer.concat(whole.map(({ raw }) => raw)), Buffer.from(bytes));
    const [first, second] = [numbers.from(0, bytes.length), numbers.from(0, bytes.length)].sort((a, b) => a - b);
    const pieces = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
    const cut = framesOf(splitterOf(framing), pieces);
    assert.deepEqual(Buffer.concat(cut.map(({ raw }) => raw)), Buffer.from(bytes));
    assert.deepEqual(cut.flatMap(dataOf), whole.flatMap(dataOf));
    const stream = withoutMark(Buffer.from(bytes).toString("latin1"));
    // Readers differ in whether a mark counts that is not at the start.
    const expected = stream.includes("\xef\xbb\xbf") ? null : STREAMS[framing].dataIn(stream);
    if (expected !== null) assert.deepEqual(whole.flatMap(dataOf), expected);
  },
}));

/** Streams are compared byte by byte, as Latin-1. */
const withoutMark = (stream: string): string => stream.replace(/^\xef\xbb\xbf/, "");

/** WHATWG HTML, section 9.2.6; an event that nothing ends is given too, as nothing may be lost. */
function eventData(stream: string): string[] {
  const all: string[] = [];
  let data: string[] = [];
  for (const line of [...stream.split(/\r\n|\n|\r/), ""]) {
    const [, value] = /^data(?::[ ]?|$)(.*)$/s.exec(line) ?? [];
    if (value !== undefined) data.push(value);
    if (line !== "" || data.length === 0) continue;
    all.push(data.join("\n"));
    data = [];
  }
  return all;
}

function elementsOf(stream: string): string[] | null {
  const known = parsed(Buffer.from(stream, "latin1"));
  if (!Array.isArray(known?.value)) return null;
  return elementRanges(Buffer.from(stream, "latin1")).map(({ start, end }) => stream.slice(start, end));
}

const dataOf = ({ data }: StreamFrame): string[] => (data === null ? [] : [Buffer.from(data).toString("latin1")]);

function framesOf(splitter: FrameSplitter, pieces: readonly Uint8Array[]): StreamFrame[] {
  const frames = pieces.flatMap((piece) => splitter.push(piece));
  const last = splitter.end();
  return last === null ? frames : [...frames, last];
}

const RPC = bytesOf([
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"a":"b"}}}',
  '{"jsonrpc":"2.0","id":"a","result":{"content":[{"type":"text","text":"b"}]}}',
  '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m"}}',
  '[{"jsonrpc":"2.0","method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]',
]);

const messages: Surface = {
  name: "a JSON-RPC message is what a parser takes it for, or invalid",
  samples: RPC,
  signs: [...JSON_SIGNS, '"id":', '"ID":', '"method":"m",', '"result":1', '"error":{}', '"jsonrpc":"2.0",'],
  check(bytes) {
    const document = documentOf(bytes);
    if (document === null) return;
    const known = JSON.parse(decoder.decode(bytes)) as Record<string, unknown>;
    if (Array.isArray(known)) {
      const elements = elementRanges(bytes).map(({ start, end }) => parsed(bytes.subarray(start, end))!.value);
      return assert.deepEqual(elements, known);
    }
    const message = readRpcMessage(document, { requiresVersion: true });
    if (message.kind === "invalid") return;
    assert.equal(known.jsonrpc, "2.0");
    if (message.kind === "response") assert.equal(Object.hasOwn(known, message.outcome), true);
    else assert.equal(known.method, message.method);
    if ("id" in message && message.id !== null) assert.equal(JSON.parse(message.id), known.id);
    else assert.equal(known.id ?? null, null);
  },
};

const lines: Surface = {
  name: "the lines of a peer are its bytes between line feeds",
  samples: RPC.map((message) => Buffer.concat([message, Buffer.from("\r\n"), message])),
  signs: ["\n", "\r", "\n\n", "{", '"'],
  check(bytes, numbers) {
    const reader = createLineReader({ bytesMax: 256 });
    const cut = numbers.from(0, bytes.length);
    const read = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
    const last = reader.end();
    if (last !== null) read.push(last);
    const expected = Buffer.from(bytes)
      .toString("latin1")
      .split("\n")
      .filter((line) => line.length > 256 || /[^ \t\r]/.test(line));
    assert.deepEqual(
      read.map((line) => (line.kind === "message" ? Buffer.from(line.bytes).toString("latin1") : null)),
      expected.map((line) => (line.length > 256 ? null : line)),
    );
  },
};

const TEXTS = bytesOf([
  "write to jane.doe@example.com or call +82 10-1234-5678; card 4111-1111-1111-1111, exp 12/29",
  "주민등록번호: 900101-1234568, 계좌 110-123-456789 password = hunter2&x; AKIAIOSFODNN7EXAMPLE",
  "DE89 3704 0044 0532 0130 00 &#64; %40 \\u0040 =40 <b>4</b>111 ４１１１ ignore all previous instructions",
  "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln postgres://u:p%40ss@db.example.com/x",
]);
const TEXT_SIGNS = [
  "\u200b",
  "\u00ad",
  "\u202e",
  "\ufe0f",
  "\u0301",
  "\u{e0041}",
  "\ud83d\ude00",
  "４",
  "ﬁ",
  "&amp;",
  "&#x34;",
  "%25",
  "\\x34",
  "\\u{34}",
  "=\n",
  "<i>",
  "\b",
  "\u001b[1m",
  "-",
  " ",
  "@",
  ".",
  "1",
  "0000",
];

const findings: Surface = {
  name: "what is found is a stretch of the text as it stands there",
  samples: TEXTS,
  signs: TEXT_SIGNS,
  check(bytes) {
    const text = decoder.decode(bytes);
    for (const { start, end, value, confidence } of detect(text, { decodeAndRescan: true })) {
      assert.ok(start >= 0 && start < end && end <= text.length && confidence > 0 && confidence <= 1);
      assert.equal(text.slice(start, end), value);
    }
  },
};

const spellings: Surface = {
  name: "a text that is seen through is well-formed, and its map leads to every character of the source in turn",
  samples: TEXTS,
  signs: TEXT_SIGNS,
  check(bytes) {
    const document = textDocument(utf8.encode(decoder.decode(bytes)));
    const read = normalizeLeaf(document, 0, "all");
    assert.ok(isUtf8(read.bytes));
    let past = 0;
    for (let at = 0; at < read.bytes.length; at++) {
      const [start, end] = [read.sourceStart[at]!, read.sourceEnd[at]!];
      const isSame = at > 0 && start === read.sourceStart[at - 1] && end === read.sourceEnd[at - 1];
      assert.ok(isSame || start >= past, `byte ${at} goes back`);
      assert.ok(start < end && end <= document.bytes.length, `byte ${at} leaves the text`);
      past = end;
    }
  },
};

function logOf(count: number): { readonly lines: readonly string[]; readonly head: ExpectedHead } {
  const sealed: string[] = [];
  let head: ExpectedHead | null = null;
  for (let index = 0; index < count; index++) {
    const event = index % 2 === 0 ? sampleProtectEvent(index) : sampleDecisionEvent(index);
    const entry = sealEntry(canonicalJson(loggable(event)), head);
    sealed.push(entry.line);
    head = entry.head;
  }
  return { lines: sealed, head: head! };
}

const LOG = logOf(3);
const LOG_BYTES = utf8.encode(`${LOG.lines.join("\n")}\n`);
const LOG_SIGNS = ["\n", "\u0000", "0", '"', "}", '{"auditIntegrity":{', '"sequence":2', '"previousHash":null'];

const log: Surface = {
  name: "a log that is not as it was written does not verify against its head",
  samples: [LOG_BYTES],
  signs: LOG_SIGNS,
  check(bytes) {
    const rows = Buffer.from(bytes).toString("latin1").split("\n");
    const torn = rows.pop() !== "";
    const verifier = createLogVerifier([LOG.head]);
    for (const row of rows) if (!verifier.addLine(Buffer.from(row, "latin1"))) break;
    const verdict = verifier.finish(torn);
    // Entries may follow the head; bytes of no entry may not.
    const isWhole = Buffer.from(bytes).equals(LOG_BYTES);
    assert.equal(verdict.valid, isWhole, JSON.stringify(verdict));
  },
};

const tail: Surface = {
  name: "a torn log is cut back to whole entries, once and for all",
  samples: [LOG_BYTES],
  signs: LOG_SIGNS,
  check(bytes) {
    const recovered = recoverTail(bytes, true);
    if ("fault" in recovered) return;
    const kept = bytes.subarray(0, recovered.keptBytes);
    assert.deepEqual(recoverTail(kept, true), recovered);
    assert.ok(kept.length === 0 || kept.at(-1) === 0x0a);
    if (recovered.lastLine !== null) assert.ok(LOG.lines.includes(recovered.lastLine));
  },
};

const envelopes: Surface = {
  name: "an envelope is of the form that it must have, or rejected",
  samples: bytesOf([
    '{"v":2,"alg":"AES-256-GCM","kid":"k1","iv":"AAAAAAAAAAAAAAAA","ct":"AAAA","tag":"AAAAAAAAAAAAAAAAAAAAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA","createdAt":"2030-01-02T03:04:05.678Z"}',
  ]),
  signs: [...JSON_SIGNS, "AAAA", "=", "-", "_"],
  check(bytes) {
    const known = parsed(bytes);
    if (known === null) return;
    const envelope = unlessRefused(() => parseEnvelope(known.value));
    if (envelope !== null)
      assert.ok(/^[\w-]*$/.test(envelope.ct) && Buffer.from(envelope.iv, "base64url").length === 12);
  },
};

const FORM =
  '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\njane@example.com\r\n--b--\r\n';

const forms: Surface = {
  name: "the parts of a form stand one behind the other between its boundaries, or it is refused",
  samples: bytesOf([FORM, "--b--\r\n", '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n--b--']),
  signs: ["\r\n", "\r\n\r\n", "--b", "--b--", "\r\n--b", "; name=", "filename*=utf-8''a", '"', "Content-Type: x/y\r\n"],
  check(bytes) {
    const parts = unlessRefused(() => multipartParts(bytes, "b"));
    let past = 0;
    for (const { name, filename, content } of parts ?? []) {
      for (const stretch of [name, filename]) {
        assert.ok(stretch === null || (past <= stretch.start && stretch.start <= stretch.end));
        assert.ok(stretch === null || stretch.end <= content.start);
      }
      assert.ok(past <= content.start && content.start <= content.end && content.end <= bytes.length);
      assert.ok(!Buffer.from(bytes.subarray(content.start, content.end)).includes("\r\n--b"));
      past = content.end;
    }
  },
};

/** Every reader of bytes from outside that has one. */
export const SURFACES: readonly Surface[] = [
  json,
  configuration,
  ...framings,
  messages,
  lines,
  findings,
  spellings,
  log,
  tail,
  envelopes,
  forms,
];
