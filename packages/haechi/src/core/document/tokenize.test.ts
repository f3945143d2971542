import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isHaechiError } from "../errors.ts";
import {
  ARRAY_CONTAINER,
  HAS_ESCAPE,
  HAS_FRACTION_OR_EXPONENT,
  HAS_NON_ASCII,
  HAS_UNICODE_ESCAPE,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "./json-document.ts";
import { spelledJson } from "./spelled-json.oracle.ts";
import { tokenize } from "./tokenize.ts";

const DEPTH_MAX = 256;
const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => tokenize(encode(text), { depthMax: DEPTH_MAX });
const raw = (document: JsonDocument, leaf: number) =>
  Buffer.from(document.bytes.subarray(document.leaves.start[leaf], document.leaves.end[leaf])).toString("utf8");

const ACCEPTED = [
  ...["0", "-0", "1", "-1", "10", "1.5", "-0.0", "0.10", "1e5", "1E+2", "1e-2", "0e0", "0E-0", "1.25e10", "1e999"],
  ...["12345678901234567890", "-12345678901234567890.123456789e-400", "9007199254740993"],
  ...["true", "false", "null", " true ", "\t\r\n null\n"],
  ...['""', '" "', '"a"', '"\\""', '"\\\\"', '"\\/"', '"/"', '"\\b\\f\\n\\r\\t"', '"\\u0000"', '"\\uABCD\\uabcd"'],
  ...['"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00\\ud800"', '"é한😀"', '"\u007f"', '"\u2028\u2029"', '"\ufeff"'],
  ...["[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[],[]]", "[null,true,false]", '["a",["b"],{}]'],
  ...["{}", "{ }", '{"":""}', '{"a":1}', '{ "a" : 1 , "b" : [ ] }', '{"a":1,"a":2}', '{"a":{"b":{"c":null}}}'],
  ...['{"__proto__":1}', '{"constructor":{"prototype":[]}}', '{"\\u007":0}'.replace("007", "0074")],
];

const REFUSED = [
  ...["", " ", "\n"],
  ...[
    "01",
    "-",
    "-01",
    "+1",
    ".5",
    "1.",
    "1.e1",
    "1e",
    "1e+",
    "1E-",
    "-.5",
    "0x10",
    "00",
    "1_0",
    "١",
    "NaN",
    "Infinity",
  ],
  ...["--1", "-a", "1a", "1 2", "1,", "0.1.2", "1e1.5", "1ee1", "- 1"],
  ...["tru", "True", "nul", "nulls", "falsey", "t", "undefined", "truefalse", "none"],
  ...['"', '"a', "'a'", '"a""b"', '"\\"', '"\\', '"\\x41"', '"\\a"', '"\\ "', '"\\0"', '"\\N"', '"\\u"', '"\\u12"'],
  ...[
    '"\\u12g4"',
    '"\\u123g"',
    '"\\u123"',
    '"\\U0041"',
    '"\\u+041"',
    '"\\u 041"',
    '"\\u00',
    '"\\u{41}"',
    '"\\u00:0"',
    '"\\u00@0"',
    '"\\u00`0"',
  ],
  ...['"\n"', '"\t"', '"\u0000"', '"\u001f"', '"abcdefgh\u0001ijkl"', '"\\\n"'],
  ...["[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1,,2]", "[1}", "[}", "[]]", "[1]]", "[1],", "[1:2]"],
  ...["{", "}", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{,}", '{"a"}', '{"a" 1}', "{a:1}", "{1:1}"],
  ...['{"a":1 "b":2}', '{"a":1]', "{]", '{"a"::1}', '{"a":1,,"b":2}', "{null:1}", '{"a":1}}', "{}{}", '{["a"]:1}'],
  ...['{"a",1}', '{"a":1;"b":2}', "{'a':1}", "{:1}", '{"a":}', "[]a", "{}[]"],
  ...["/**/1", "1//", "[1/**/]", "#", "\u00a01", "1\u00a0", "\v1", "\f1", "\u20281", "1\u0000", "\u0000"],
];

describe("tokenize", () => {
  it("accepts every production of RFC 8259", () => {
    for (const text of ACCEPTED) {
      assert.doesNotThrow(() => JSON.parse(text), text);
      assert.doesNotThrow(() => read(text), text);
    }
  });

  it("refuses what is no JSON, at an offset and without quoting it", () => {
    for (const text of REFUSED) {
      assert.throws(() => JSON.parse(text), SyntaxError, text);
      assert.throws(
        () => read(text),
        (error) =>
          isHaechiError(error, "DOCUMENT_NOT_JSON") && /^document is not JSON at byte \d+$/.test(error.message),
        text,
      );
    }
  });

  it("names the first byte that cannot be", () => {
    const offset = (text: string) => {
      try {
        read(text);
      } catch (error) {
        return Number((error as Error).message.match(/\d+$/)?.[0]);
      }
    };
    assert.equal(offset(""), 0);
    assert.equal(offset("[1,]"), 3);
    assert.equal(offset('{"a" 1}'), 5);
    assert.equal(offset('"ab\\x"'), 4);
    assert.equal(offset("01"), 1);
    assert.equal(offset("nulL"), 3);
    assert.equal(offset('"é\n"'), 3);
  });

  it("refuses a byte order mark (RFC 8259 §8.1)", () => {
    assert.throws(() => read("\ufeff{}"), { code: "DOCUMENT_NOT_JSON" });
  });

  it("refuses ill-formed UTF-8", () => {
    const illFormed = [[0x80], [0xc0, 0xaf], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]];
    for (const part of illFormed) {
      const bytes = Uint8Array.of(0x22, ...part, 0x22);
      assert.throws(() => tokenize(bytes, { depthMax: DEPTH_MAX }), { code: "DOCUMENT_NOT_UTF8" });
    }
  });

  it("reads leaves at the deepest container allowed, and refuses one container more", () => {
    const nested = (depth: number) =>
      `${'[{"k":'.repeat(depth / 2)}${depth % 2 ? "[1]" : "1"}${"}]".repeat(depth / 2)}`;
    assert.equal(read(nested(256)).leaves.count, 129);
    assert.throws(() => read(nested(257)), { code: "DOCUMENT_TOO_DEEP" });
    assert.equal(tokenize(encode('"a"'), { depthMax: 0 }).leaves.count, 1);
    assert.throws(() => tokenize(encode("[]"), { depthMax: 0 }), { code: "DOCUMENT_TOO_DEEP" });
  });

  it("counts depth, not the number of containers", () => {
    assert.equal(tokenize(encode(`[${"[],".repeat(999)}{}]`), { depthMax: 2 }).containers.count, 1001);
  });

  it("stands a million levels when it is allowed to", () => {
    const depth = 1_000_000;
    const document = tokenize(encode("[".repeat(depth) + "]".repeat(depth)), { depthMax: depth });
    assert.equal(document.containers.count, depth);
    assert.equal(document.containers.parent[depth - 1], depth - 2);
  });

  it("lists leaves in document order with their places", () => {
    const document = read('{"a":["x",true,-1.5e3,{"b":"\\n"}],"é":{},"c":"\\u0041"}');
    const { leaves, containers } = document;
    const rows = Array.from({ length: leaves.count }, (_, leaf) => [
      leaves.kind[leaf],
      raw(document, leaf),
      leaves.flags[leaf],
      leaves.container[leaf],
      leaves.slot[leaf],
    ]);
    assert.deepEqual(rows, [
      [KEY_LEAF, "a", 0, 0, 0],
      [STRING_LEAF, "x", 0, 1, 0],
      [NUMBER_LEAF, "-1.5e3", HAS_FRACTION_OR_EXPONENT, 1, 2],
      [KEY_LEAF, "b", 0, 2, 3],
      [STRING_LEAF, "\\n", HAS_ESCAPE, 2, 3],
      [KEY_LEAF, "é", HAS_NON_ASCII, 0, 5],
      [KEY_LEAF, "c", 0, 0, 6],
      [STRING_LEAF, "\\u0041", HAS_ESCAPE | HAS_UNICODE_ESCAPE, 0, 6],
    ]);
    assert.deepEqual([...containers.kind], [OBJECT_CONTAINER, ARRAY_CONTAINER, OBJECT_CONTAINER, OBJECT_CONTAINER]);
    assert.deepEqual([...containers.parent], [-1, 0, 1, 0]);
    assert.deepEqual([...containers.slot], [-1, 0, 3, 5]);
  });

  it("makes every occurrence of a repeated key a leaf", () => {
    const document = read('{"a":1,"a":2,"\\u0061":3}');
    assert.deepEqual([...document.leaves.kind], [KEY_LEAF, NUMBER_LEAF, KEY_LEAF, NUMBER_LEAF, KEY_LEAF, NUMBER_LEAF]);
  });

  it("gives a top-level value no container", () => {
    const { leaves, containers } = read(" 12 ");
    assert.deepEqual([leaves.count, leaves.container[0], leaves.slot[0], containers.count], [1, -1, -1, 0]);
  });

  it("does not let one document show in the next", () => {
    const first = read('["a","b",[1]]');
    assert.throws(() => read('{"x":1,'), { code: "DOCUMENT_NOT_JSON" });
    const second = read('{"k":2}');
    assert.equal(first.leaves.count, 3);
    assert.deepEqual([...first.leaves.kind], [STRING_LEAF, STRING_LEAF, NUMBER_LEAF]);
    assert.deepEqual([...second.leaves.kind], [KEY_LEAF, NUMBER_LEAF]);
  });

  it("grows past its first tables and forgets them again", () => {
    const numbers = Array.from({ length: 100_000 }, (_, i) => i);
    for (const document of [read(JSON.stringify(numbers)), read(JSON.stringify(numbers.map((i) => [i])))]) {
      assert.equal(document.leaves.count, numbers.length);
      assert.ok(numbers.every((i) => raw(document, i) === String(i)));
    }
    assert.equal(read("[1]").leaves.kind.buffer.byteLength, 1);
  });

  it("reads a view at any offset, and nothing around it", () => {
    for (const text of ['{"key":"some longer text, é","n":[12345]}', '"0123456789abcdef"']) {
      const expected = read(text).leaves;
      for (let before = 0; before < 9; before++) {
        for (let after = 0; after < 9; after++) {
          const inner = encode(text);
          const outer = new Uint8Array(before + inner.length + after).fill(0x22);
          outer.set(inner, before);
          const view = outer.subarray(before, before + inner.length);
          assert.deepEqual(tokenize(view, { depthMax: DEPTH_MAX }).leaves, expected);
          assert.throws(() => tokenize(view.subarray(0, -1), { depthMax: DEPTH_MAX }), { code: "DOCUMENT_NOT_JSON" });
        }
      }
    }
  });

  it("finds a special byte at every place of a string of every length", () => {
    for (let length = 1; length < 24; length++) {
      for (let place = 0; place < length; place++) {
        const withAt = (special: string) => `"${"a".repeat(place)}${special}${"b".repeat(length - place - 1)}"`;
        assert.throws(() => read(withAt("\u001f")), { code: "DOCUMENT_NOT_JSON" });
        assert.throws(() => read(withAt('"')), { code: "DOCUMENT_NOT_JSON" });
        assert.equal(read(withAt("\\n")).leaves.flags[0], HAS_ESCAPE);
        assert.equal(read(withAt("é")).leaves.flags[0], HAS_NON_ASCII);
        assert.equal(read(withAt("\u007f")).leaves.flags[0], 0);
      }
    }
  });

  it("accepts any JSON value, however it is spaced and escaped", () => {
    fc.assert(
      fc.property(spelledJson, ({ text }) => {
        assert.doesNotThrow(() => JSON.parse(text));
        assert.equal(isAccepted(encode(text)), true);
      }),
    );
  });

  it("accepts and refuses mutated bytes exactly as JSON.parse does", () => {
    fc.assert(
      fc.property(spelledJson, fc.array(mutation, { minLength: 1, maxLength: 3 }), ({ text }, mutations) => {
        const bytes = mutations.reduce(mutated, encode(text));
        assert.equal(isAccepted(bytes), isParsed(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it("accepts and refuses any run of JSON's own characters exactly as JSON.parse does", () => {
    const characters = fc.constantFrom(...'{}[]:,"\\ 01-+.eEu/tn', "true", "null", '"a"', '{"a":', "\\u00e9");
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
        const bytes = encode(parts.join(""));
        assert.equal(isAccepted(bytes), isParsed(bytes));
      }),
      { numRuns: 10_000 },
    );
  });
});

function isAccepted(bytes: Uint8Array): boolean {
  try {
    tokenize(bytes, { depthMax: DEPTH_MAX });
    return true;
  } catch (error) {
    assert.ok(isHaechiError(error));
    return false;
  }
}

function isParsed(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

const mutation = fc.record({
  how: fc.constantFrom("replace", "insert", "remove", "cut"),
  where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(...encode('{}[]:,"\\ 0-+.eut\n'))),
});

function mutated(bytes: Uint8Array, { how, where, byte }: { how: string; where: number; byte: number }): Uint8Array {
  const at = Math.floor(where * bytes.length);
  const before = bytes.subarray(0, at);
  if (how === "cut") return before;
  const after = bytes.subarray(how === "insert" ? at : at + 1);
  return Uint8Array.from([...before, ...(how === "remove" ? [] : [byte]), ...after]);
}
