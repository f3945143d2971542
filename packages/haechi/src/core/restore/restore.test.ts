import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonDocument } from "../document/json-document.ts";
import { textDocument } from "../document/text-document.ts";
import { tokenize } from "../document/tokenize.ts";
import { applyEdits } from "../transform/apply-edits.ts";
import { restoreEdits, restoreText } from "./restore.ts";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

const issued = new Map([
  ["tok_email_0a", "minji@example.com"],
  ["tok_phone_0b", "[TOKEN:tok_email_0a]"],
  ["tok_x_0c", 'a "quoted"\n\ud800 $& back\\slash'],
]);

function json(text: string): JsonDocument {
  return tokenize(new TextEncoder().encode(text), { depthMax: 64 });
}

function restored(document: JsonDocument): string {
  return utf8.decode(applyEdits(document, restoreEdits(document, issued)));
}

test("a token of this exchange is put back, a foreign one stays", () => {
  assert.equal(
    restoreText("to [TOKEN:tok_email_0a], not [TOKEN:tok_email_ff]", issued),
    "to minji@example.com, not [TOKEN:tok_email_ff]",
  );
});

test("only the full marker is put back", () => {
  for (const text of ["tok_email_0a", "[TOKEN:tok_email_0a", "TOKEN:tok_email_0a]", "[TOKEN: tok_email_0a]"]) {
    assert.equal(restoreText(text, issued), text);
  }
});

test("a marker start before a marker does not hide it", () => {
  assert.equal(restoreText("[TOKEN:[TOKEN:tok_email_0a]]", issued), "[TOKEN:minji@example.com]");
});

test("what was put back is not looked at again, nor read as a pattern", () => {
  assert.equal(restoreText("[TOKEN:tok_phone_0b]", issued), "[TOKEN:tok_email_0a]");
  assert.equal(restoreText("[TOKEN:tok_x_0c]", issued), issued.get("tok_x_0c"));
});

test("names that every object has are not tokens", () => {
  assert.equal(restoreText("[TOKEN:constructor][TOKEN:__proto__]", issued), "[TOKEN:constructor][TOKEN:__proto__]");
});

test("every string and key of a document is restored, and nothing else changes", () => {
  const document = json('{ "[TOKEN:tok_email_0a]" : ["x [TOKEN:tok_email_0a]\\t[TOKEN:tok_email_ff]", [1.10] ] }');
  assert.equal(restored(document), '{ "minji@example.com" : ["x minji@example.com\\t[TOKEN:tok_email_ff]", [1.10] ] }');
});

test("an original is escaped for the place it goes to", () => {
  assert.equal(JSON.parse(restored(json('["[TOKEN:tok_x_0c]"]')))[0], issued.get("tok_x_0c"));
});

test("a marker spelled with escapes is restored", () => {
  assert.equal(
    restored(json('["a\\u00e9é😀 \\u005bTOKEN:tok\\u005Femail_0a\\u005d \\u00e9"]')),
    '["a\\u00e9é😀 minji@example.com \\u00e9"]',
  );
});

test("structure that looks like a marker is not one", () => {
  for (const text of ['["[TOKEN:","tok_email_0a]"]', '[[["TOKEN:tok_email_0a"]]]', '["[TOKEN:tok_email_0a","]"]']) {
    assert.equal(restored(json(text)), text);
  }
});

test("plain text is restored, and a backslash in it is a backslash", () => {
  const document = textDocument(new TextEncoder().encode("\\u005b [TOKEN:tok_email_0a] \\u005bTOKEN:tok_email_0a]"));
  assert.equal(restored(document), "\\u005b minji@example.com \\u005bTOKEN:tok_email_0a]");
});

test("a marker that a standing edit touches stays", () => {
  const document = json('["[TOKEN:tok_email_0a] [TOKEN:tok_email_0a]"]');
  const standing = [{ leaf: 0, start: 10, end: 23, replacement: "" }];
  assert.deepEqual(
    restoreEdits(document, issued, standing).map(({ start }) => start),
    [23],
  );
});

const pieces = fc.constantFrom(
  "[TOKEN:",
  "[",
  "]",
  "tok_email_0a",
  "tok_ff",
  "[TOKEN:tok_email_0a]",
  "[TOKEN:tok_x_0c]",
  "é😀",
  '"',
  "\\",
  "u005b",
  "https://x.example/",
  "](",
  " ",
  `${"é".repeat(1020)}\n`.repeat(2).replaceAll("\n", "\\"),
);
const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));

/** The text as a JSON string in which some characters are needlessly escaped. */
function spell(text: string, escapes: Iterator<boolean>): string {
  let spelled = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    const isPair = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at));
    if (escapes.next().value) spelled += `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    else if (isPair) spelled += text.slice(at, ++at + 1);
    else spelled += JSON.stringify(unit).slice(1, -1);
  }
  return `"${spelled}"`;
}

test("a document is restored as its texts are, however they are spelled", () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.boolean()),
      fc.boolean(),
      (texts, random, escapesAtAll) => {
        const escapes = escapesAtAll ? random : [].values();
        const document = json(`[${texts.map((text) => spell(text, escapes)).join(", ")}]`);
        assert.deepEqual(
          JSON.parse(restored(document)),
          texts.map((text) => restoreText(text, issued)),
        );
      },
    ),
  );
});
