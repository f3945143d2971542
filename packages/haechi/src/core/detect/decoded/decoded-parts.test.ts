import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceText } from "../../document/leaf.ts";
import { tokenize } from "../../document/tokenize.ts";
import { onePerValue } from "../one-per-value.ts";
import { builtInDetectors } from "../registry.ts";
import { compileDetectors } from "../rules/compile.ts";
import { scanDocument } from "../scan/scan.ts";

const TYPES = new Set(["card", "email", "api_key"]);
const compiled = compileDetectors(builtInDetectors.filter(({ entityType }) => TYPES.has(entityType)));

describe("parts of one message", () => {
  const [half, rest] = ["my card is 4111 1111", " 1111 1111, thanks"];
  const pieces = ["4111 1111", " 1111 1111"];

  for (const [api, body] of Object.entries({
    "OpenAI content parts": {
      messages: [{ role: "user", content: [half, rest].map((text) => ({ type: "text", text })) }],
    },
    "Anthropic content blocks": {
      model: "m",
      messages: [
        {
          content: [
            { text: half, type: "text" },
            { text: rest, type: "text" },
          ],
        },
      ],
    },
    "Gemini parts": { contents: [{ role: "user", parts: [{ text: half }, { text: rest }] }] },
    "OpenAI input strings": { input: [half, rest] },
    "consecutive messages": {
      messages: [
        { role: "user", content: half },
        { role: "user", content: rest },
      ],
    },
  })) {
    it(`are read together: ${api}`, () =>
      assert.deepEqual(
        found(body),
        pieces.map((text) => `card ${text}`),
      ));
  }

  it("are read together with a blank between them", () => {
    assert.deepEqual(found({ parts: [{ text: "card 4111 1111" }, { text: "1111 1111 ok" }] }), [
      "card 4111 1111",
      "card 1111 1111",
    ]);
  });

  it("are read together when there are many, and when they are disguised", () => {
    assert.deepEqual(found({ parts: ["4111", "1111", "１１１１", "1111"].map((text) => ({ text })) }), [
      "card 4111",
      "card 1111",
      "card １１１１",
      "card 1111",
    ]);
    const key = `AKIA${"IOSFODNN7EXAMPL2"}`;
    assert.deepEqual(found({ content: [`key ${key.slice(0, 8)}`, `${key.slice(8)} end`] }), [
      `api_key ${key.slice(0, 8)}`,
      `api_key ${key.slice(8)}`,
    ]);
  });

  it("are read at their borders when they are long", () => {
    const long = "lorem ipsum dolor sit amet ".repeat(200);
    assert.deepEqual(found({ parts: [{ text: `${long}4111 1111` }, { text: ` 1111 1111 ${long}` }] }), [
      "card 4111 1111",
      "card  1111 1111",
    ]);
  });

  it("are not joined when other elements stand between them", () => {
    const image = { type: "image_url", image_url: { url: "https://example.org/a.png" } };
    assert.deepEqual(found({ content: [{ text: half }, image, { text: rest }] }), []);
  });

  it("are not joined when they are cells, numbers or members of no array", () => {
    const cells = Array.from({ length: 40 }, (_, at) => ["4111", "1111", "1111", "1111"][at % 4]!);
    assert.deepEqual(found({ content: cells }), []);
    assert.deepEqual(found({ rows: [["4111", "1111", "1111", "1111"]] }), []);
    assert.deepEqual(found({ parts: [4111, 1111, 1111, 1111] }), []);
    assert.deepEqual(found({ text: half, content: rest }), []);
  });

  it("are the fields of one object under names that count up", () => {
    const fields = { holder: "J", card_no1: "4111", card_no2: "1111", card_no3: "1111", card_no4: "1111", cvc: "x" };
    assert.deepEqual(found({ form: fields }), ["card 4111", "card 1111", "card 1111", "card 1111"]);
  });

  for (const [why, fields] of [
    ["names say nothing of a number", { x1: "4111", x2: "1111", x3: "1111", x4: "1111" }],
    ["names do not count up", { card4: "4111", card3: "1111", card2: "1111", card1: "1111" }],
    ["another member stands between them", { card1: "4111", card2: "1111", name: "J", card4: "1111", card5: "1111" }],
    ["names differ in more than their number", { card1: "4111", cards2: "1111", card3: "1111", cards4: "1111" }],
    ["values are words", { card1: "Visa", card2: "Master", card3: "Amex" }],
  ] as const) {
    it(`are not joined where ${why}`, () => assert.deepEqual(found(fields), []));
  }

  it("add nothing to what is found in each of them alone", () => {
    assert.deepEqual(found({ parts: [{ text: "a@example.com and" }, { text: "b@example.com" }] }), [
      "email a@example.com",
      "email b@example.com",
    ]);
  });
});

function found(body: unknown): string[] {
  const document = tokenize(new TextEncoder().encode(JSON.stringify(body)), { depthMax: 16 });
  const options = { direction: "request", scanNumbers: true, decodeAndRescan: false, spellings: "all" } as const;
  return onePerValue(scanDocument(document, compiled, options)).map(
    ({ entityType, start, end, leaf }) => `${entityType} ${sourceText(document, start, end, leaf)}`,
  );
}
