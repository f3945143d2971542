import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { JsonDocument } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import { textDocument } from "../document/text-document.ts";
import { tokenize } from "../document/tokenize.ts";
import { CONFUSABLES } from "./confusables.ts";
import { parseFoldRuns } from "./fold-class.ts";
import { decodeLeaf, type NormalizedText, needsNormalizing, normalizeLeaf, type Spellings } from "./normalize.ts";

const utf8 = new TextEncoder();
const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

const jsonOf = (json: string): JsonDocument => tokenize(utf8.encode(json), { depthMax: 8 });
const literal = (text: string): JsonDocument => textDocument(utf8.encode(text));

/** A JSON string with every non-ASCII character escaped, as Python's encoder writes it. */
const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const foldedText = (document: JsonDocument): string => textOf(normalizeLeaf(document, 0, "all").bytes);

const triggers = ({ bytes, leaves }: JsonDocument, spellings: Spellings = "all"): boolean =>
  needsNormalizing(bytes, leaves.start[0]!, leaves.end[0]!, leaves.flags[0]!, spellings);

/** The source text that a stretch of the folded text came from. */
function sourceOf(document: JsonDocument, normalized: NormalizedText, plain: string): string {
  const at = textOf(normalized.bytes).indexOf(plain);
  assert.notEqual(at, -1, `${plain} stands in the folded text`);
  const from = utf8.encode(textOf(normalized.bytes).slice(0, at)).length;
  const start = normalized.sourceStart[from]!;
  const end = normalized.sourceEnd[from + utf8.encode(plain).length - 1]!;
  return textOf(document.bytes.subarray(start, end));
}

/** Characters of every fold class and of none, so that random text meets every rule. */
const awkwardText = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."a7@_ -./+():=\"'\\,\n\t"),
      fc.constantFrom(..."４Ａ＠①²ﬁ㎏٤", "𝟒", "🅺"),
      fc.constantFrom(..."аеοԁѵꓐ〇"),
      fc.constantFrom(..."\u200b\u00ad\u2066\ufe0f\u2060", "\u{e0041}"),
      fc.constantFrom(..."\u0301\u0332\u20e3"),
      fc.constantFrom(..."–−ー—·\u00a0\u3000（＋．：＝＂“”’／。"),
      fc.constantFrom(..."가漢яé…", "👍", "\ufffd"),
      fc.constantFrom(
        "%40",
        "%25",
        "%EF%BC%94",
        "&#64;",
        "&amp;",
        "&#x41",
        "\\u0041",
        "\\x2e",
        "\\u{34}",
        "\\101",
        "=40",
      ),
      fc.constantFrom(
        "=\n",
        "<b>",
        "</b>",
        "<!-- a -->",
        "**",
        "`",
        "\b",
        "\0",
        "\x7f",
        "\x1b[1m",
        "\u{e0061}".repeat(5),
      ),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

/** Without the signs that begin an escape, markup, and without controls. */
const withoutSpellings = (text: string): string => text.replace(/[\\%&=<*`~]|(?![\t\n\r])\p{Cc}/gu, "");

/** Only the controls that JSON escapes with a letter, or not at all. */
const withoutUnicodeEscapes = (text: string): string =>
  text.replace(/\p{Cc}/gu, (control) => ("\b\t\n\f\r\x7f".includes(control) ? control : ""));

const anyString = fc.oneof(awkwardText, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

describe("normalizeLeaf of JSON in a string", () => {
  const nested = (value: unknown) => jsonOf(JSON.stringify(JSON.stringify(value)));

  it("reads what its escapes spell, and leads back to all of each", () => {
    const document = nested({ a: "one\n010-1234-5678\tand C:\\x" });
    assert.equal(foldedText(document), '{"a":"one\n010-1234-5678\tand C:\\x"}');
    const normalized = normalizeLeaf(document, 0, "all");
    assert.equal(sourceOf(document, normalized, "\n010-1234-5678\t"), "\\\\n010-1234-5678\\\\t");
    assert.ok(triggers(document));
  });

  it("reads a text document that is JSON likewise", () => {
    assert.equal(foldedText(literal('{"a":"x\\n\\u0041\\/"}')), '{"a":"x\nA/"}');
  });

  it("leaves a backslash that begins no escape, and half a surrogate pair", () => {
    for (const text of ["C:\\Users", "\\", "\\u00", "\\ud83d and", "\\xZZ", "\\u{}", "\\u{110000}", "\\18"]) {
      assert.equal(foldedText(literal(text)), text);
      assert.equal(triggers(jsonOf(JSON.stringify(text))), false);
    }
  });

  it("reads any plain text as it was before it was written twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (given) => {
        const text = withoutSpellings(given);
        assert.equal(foldedText(nested(text)), `"${text}"`);
      }),
    );
  });
});

describe("normalizeLeaf", () => {
  it("leaves ASCII in which nothing is spelled otherwise as it is, byte for byte", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (given) => {
        const text = withoutSpellings(given);
        const document = literal(text);
        const normalized = normalizeLeaf(document, 0, "all");
        assert.deepEqual(normalized.bytes, document.bytes);
        assert.deepEqual([...normalized.sourceStart], [...document.bytes.keys()]);
        assert.ok(!normalized.folded);
      }),
    );
  });

  it("maps the folded text on whole characters, in order, without a gap", () => {
    fc.assert(
      fc.property(anyString, fc.boolean(), (text, asText) => {
        const wellFormed = text.toWellFormed();
        const document = asText ? literal(wellFormed) : jsonOf(JSON.stringify(text));
        for (const { bytes, sourceStart, sourceEnd } of [normalizeLeaf(document, 0, "all"), decodeLeaf(document, 0)]) {
          let covered = document.leaves.start[0]!;
          let start = -1;
          for (let at = 0; at < bytes.length; at++) {
            if (sourceStart[at] === start) {
              assert.equal(sourceEnd[at], covered);
              continue;
            }
            start = sourceStart[at]!;
            assert.equal(start, covered);
            covered = sourceEnd[at]!;
            assert.ok(covered > start);
          }
          assert.equal(covered, document.leaves.end[0]!);
          textOf(bytes);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("changes nothing in a text that it has given", () => {
    const plain = fc.array(fc.constantFrom(..."aZ07@_ -./:=가é", "４", "४", "а", "\u200b", "&#65;", "%41", "\\x41"), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(plain, (parts) => {
        const once = foldedText(literal(parts.join("")));
        assert.equal(foldedText(literal(once)), once);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads escaped and unescaped spellings of a text alike", () => {
    fc.assert(
      fc.property(anyString, (text) => {
        const printable = text.toWellFormed().replace(/\p{Cc}/gu, "");
        const expected = foldedText(literal(printable));
        assert.equal(foldedText(jsonOf(JSON.stringify(printable))), expected);
        assert.equal(foldedText(jsonOf(asciiJson(printable))), expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("decodes a number leaf literally", () => {
    assert.equal(foldedText(jsonOf("4111111111111111")), "4111111111111111");
  });

  it("reads a lone surrogate escape as one character that nothing is made of", () => {
    const document = jsonOf('"a\\ud83db\\ude00c\\ud83d\\ude00"');
    const normalized = normalizeLeaf(document, 0, "all");
    assert.equal(textOf(normalized.bytes), "a\ufffdb\ufffdc😀");
    assert.equal(sourceOf(document, normalized, "\ufffdb"), "\\ud83db");
    assert.equal(sourceOf(document, normalized, "😀"), "\\ud83d\\ude00");
  });
});

describe("disguises", () => {
  const styles: readonly ((character: string) => string)[] = [
    (character) => character,
    (character) => String.fromCodePoint(0xfee0 + character.charCodeAt(0)),
    (character) => mathematical(character, 0x1d400, 0x1d41a, 0x1d7ce),
    (character) => mathematical(character, 0x1d670, 0x1d68a, 0x1d7f6),
    (character) => mathematical(character, 0x1d5d4, 0x1d5ee, 0x1d7ec),
    (character) => (/[a-z]/.test(character) ? circled(character, "a", 0x24d0) : character),
    (character) => (/[1-9]/.test(character) ? circled(character, "1", 0x2460) : character),
    (character) => (/[0-9]/.test(character) ? circled(character, "0", 0x660) : character),
  ];
  const mathematical = (character: string, upper: number, lower: number, digit: number) =>
    /[A-Z]/.test(character)
      ? circled(character, "A", upper)
      : /[a-z]/.test(character)
        ? circled(character, "a", lower)
        : /[0-9]/.test(character)
          ? circled(character, "0", digit)
          : character;
  const circled = (character: string, first: string, base: number) =>
    String.fromCodePoint(base + character.charCodeAt(0) - first.charCodeAt(0));

  const values = fc.array(
    fc.tuple(
      fc.constantFrom(..."abcxyzABCXYZ0123456789"),
      fc.nat(styles.length - 1),
      fc.constantFrom("", "", "", "\u200b", "\u00ad", "\u2060", "\u{e0061}", "\u0332"),
    ),
    { minLength: 2, maxLength: 20 },
  );

  it("fold to the plain value, which maps back to exactly the disguised one", () => {
    fc.assert(
      fc.property(values, fc.boolean(), (characters, escaped) => {
        const plain = characters.map(([character]) => character).join("");
        const disguised = characters.map(([character, style, mark]) => styles[style]!(character) + mark).join("");
        const text = `가 ﬁn… ™: <${disguised}> ½ — 나`;
        const document = jsonOf(escaped ? asciiJson(text) : JSON.stringify(text));
        const normalized = normalizeLeaf(document, 0, "all");
        const source = sourceOf(document, normalized, `<${plain}>`);
        assert.equal(source, (escaped ? asciiJson(`<${disguised}>`) : JSON.stringify(`<${disguised}>`)).slice(1, -1));
        assert.equal(sourceOf(document, normalized, plain), source.slice(1, -1));
      }),
      { numRuns: 500 },
    );
  });

  for (const [name, disguised, plain, text] of [
    ["full-width digits", "４１１１１１１１１１１１１１１１", "4111111111111111", "카드 #번호입니다"],
    ["mathematical digits", "𝟗𝟎𝟎𝟏𝟎𝟏-𝟏𝟐𝟑𝟒𝟓𝟔𝟖", "900101-1234568", "주민번호 # 입니다"],
    ["digits of another script", "٠١٠-١٢٣٤-٥٦٧٨", "010-1234-5678", "call # now"],
    ["mixed digits with no-break spaces", "4111\u00a0１１１１\u202f1111\u2007①①①①", "4111 1111 1111 1111", "(#)"],
    ["no-break spaces in a Korean label", "비밀\u00a0번호\u2003:", "비밀 번호 :", "(#) 입니다"],
    ["ideographic spaces of Korean", "비\u3000밀\u3000번\u3000호", "비 밀 번 호", "(#)"],
    ["no-break spaces of Russian", "теперь\u00a0ты\u202fбез", "теперь ты без", "(#)"],
    ["an ideographic space before a colon", "パスワード\u3000:", "パスワード :", "(#)"],
    ["the Turkish letters i with and without a dot", "\u0130gnore prev\u0131ous", "Ignore previous", "(#)"],
    ["single full-width digits between blanks", "４ １ １ １", "4 1 1 1", "(#)"],
    ["hyphens of other kinds", "010–1234−5678", "010-1234-5678", "t #."],
    ["dashes typed with a Korean or Japanese keyboard", "010ㅡ1234ー5678", "010-1234-5678", "전화 # 로"],
    ["an em dash between digits", "010—1234—5678", "010-1234-5678", "전화 # 로"],
    ["full-width brackets and plus", "＋８２（０２）１２３４－５６７８", "+82(02)1234-5678", "電話 # です"],
    [
      "zero-width characters in an address",
      "us\u200ber\u2060@exam\u00adple.c\ufeffom",
      "user@example.com",
      "mail # now",
    ],
    ["tag characters", "us\u{e0075}er@example.com", "user@example.com", "mail # now"],
    ["combining marks", "4\u03321\u03321\u03321\u0332", "4111", "(#)"],
    ["keycaps", "4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3", "411", "(#)"],
    ["a full-width at sign and an ideographic full stop", "user＠example。com", "user@example.com", "(#)"],
    ["Cyrillic look-alikes", "usеr@ехаmрlе.соm", "user@example.com", "mail # now"],
    ["a word of look-alikes before an address sign", "асе@example.com", "ace@example.com", "mail # now"],
    ["Greek look-alikes", "sk-ανtΟken", "sk-avtOken", "key # ok"],
    ["small capitals", "ᴀᴋɪᴀ0000", "akia0000", "key # ok"],
    ["a full-width assignment", "ｐａｓｓｗｏｒｄ＝hunter2", "password=hunter2", "ab # c"],
    ["a full-width colon and an ideographic space", "password：　hunter2", "password: hunter2", "ab # c"],
    ["typographic quotes round an assigned value", "password: “hunter2”", 'password: "hunter2"', "ab # “c”"],
    ["a no-break space before a colon", "password\u00a0: hunter2", "password : hunter2", "ab # c"],
  ] as const) {
    it(`folds ${name}`, () => {
      const document = literal(text.replace("#", disguised));
      assert.ok(triggers(document));
      const normalized = normalizeLeaf(document, 0, "all");
      assert.equal(textOf(normalized.bytes), text.replace("#", plain));
      assert.equal(sourceOf(document, normalized, plain), disguised);
    });
  }

  it("fold every look-alike inside a Latin word", () => {
    for (const { first, text } of parseFoldRuns(CONFUSABLES.homoglyph ?? "")) {
      assert.equal(foldedText(literal(`a${String.fromCodePoint(first)}b`)), `a${text}b`);
    }
  });

  it("take invisible characters directly after a value along with it", () => {
    const document = literal("to user@example.com\u200b\u2060 and");
    assert.equal(
      sourceOf(document, normalizeLeaf(document, 0, "all"), "user@example.com"),
      "user@example.com\u200b\u2060",
    );
  });

  it("cannot shift offsets by a contraction that makes up for an expansion", () => {
    const document = literal("㎏ﬁ1 user@example.com 𝟏𝟐 ㎏2");
    const normalized = normalizeLeaf(document, 0, "all");
    assert.equal(textOf(normalized.bytes), "kgfi1 user@example.com 12 kg2");
    assert.equal(sourceOf(document, normalized, "user@example.com"), "user@example.com");
    assert.equal(sourceOf(document, normalized, "12"), "𝟏𝟐");
  });

  it("read a control character that only an escape can write as invisible, but not the end of a line", () => {
    assert.equal(foldedText(jsonOf('"41\\u000011\\u007f11\\u000a2\\n3\\t4"')), "411111\n2\n3\t4");
  });
});

describe("spellings", () => {
  const styles: readonly ((character: string) => string)[] = [
    (character) => character,
    (character) => `&#${character.charCodeAt(0)};`,
    (character) => `&#x${hex(character)};`,
    (character) => `%${hex(character)}`,
    (character) => `%25${hex(character)}`,
    (character) => `\\x${hex(character)}`,
    (character) => `\\u00${hex(character)}`,
    (character) => `\\u{${hex(character)}}`,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
    (character) => `z\b${character}`,
    (character) => `&zwnj;${character}`,
  ];
  const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");

  it("are read as the plain value, which maps back to exactly what spelled it", () => {
    const values = fc.array(fc.tuple(fc.constantFrom(..."abcxyzABCXYZ0123456789"), fc.nat(styles.length - 1)), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(values, (characters) => {
        const plain = characters.map(([character]) => character).join("");
        const spelled = characters.map(([character, style]) => styles[style]!(character)).join("");
        const document = jsonOf(JSON.stringify(`가 <${spelled}> 나`));
        const source = sourceOf(document, normalizeLeaf(document, 0, "all"), `<${plain}>`);
        assert.equal(source, JSON.stringify(`<${spelled}>`).slice(1, -1));
      }),
      { numRuns: 1000 },
    );
  });

  it("are left as they are in a text that grows, but for the escapes of JSON", () => {
    const normalized = normalizeLeaf(literal("&#65;%41\\x41\\u0041"), 0);
    assert.equal(textOf(normalized.bytes), "&#65;%41\\x41A");
  });

  for (const [name, text, plain] of [
    ["tags", "say \u{e0068}\u{e0069}\u{e0020}\u{e0034} now", "say hi 4 now"],
    [
      "variation selectors",
      `say ${[..."hi 4"].map((one) => String.fromCodePoint(0xe0100 + one.charCodeAt(0) - 16)).join("")} now`,
      "say hi 4 now",
    ],
    ["a character and a backspace", "4x\b111", "4111"],
    ["terminal colours", "jane\x1b[31m@example.com", "jane@example.com"],
    ["markup within a value", "jane<b></b>@exam<!-- x -->ple.com", "jane@example.com"],
    ["a right-to-left override", "see \u202e1114\u202c now", "see 4111 now"],
    ["full-width digits in quoted-printable text", "see =EF=BC=94=EF=BC=91=EF=BC=9111 now", "see 41111 now"],
    ["a soft line break", "write to jane@exam=\r\nple.com", "write to jane@example.com"],
  ] as const) {
    it(`show ${name} as what is seen`, () => {
      assert.ok(triggers(literal(text)));
      assert.equal(foldedText(literal(text)), plain);
    });
  }

  for (const [name, text] of [
    ["cells and items", "<td>4111</td><td>1111</td><li>a</li><li>b</li>"],
    ["code", "if (a<b && c>d) x = y*2; let z = q=10; f(a, *b)"],
    ["a percent sign", "100% of 50% and %d or %s"],
    ["settings", "AWS_REGION=\nHOST=example\n"],
    ["an ampersand", "R&D; AT&T, a & b"],
  ] as const) {
    it(`leave ${name} as they are`, () => assert.equal(foldedText(literal(text)), text));
  }
});

describe("what cannot be seen", () => {
  for (const [where, text, read] of [
    ["in a Korean word", "비\u200b밀번\u00ad호", "비밀번호"],
    ["in a word with an accent", "mot de passé\u2060s", "mot de passés"],
    ["beside a vowel sign", "प\u200dि\u200cछ\u200bले \u200bसभी", "पिछले सभी"],
    ["between a space and a letter", "규칙을 \u200b무시", "규칙을 무시"],
  ] as const) {
    it(`is left out ${where}`, () => assert.equal(foldedText(literal(text)), read));
  }

  it("stays behind the symbol of an emoji, which it makes another one", () => {
    for (const text of ["👩\u200d💻 팀", "❤\ufe0f\u200d🔥", "ℹ\ufe0f 안내"])
      assert.equal(foldedText(literal(text)), text);
  });
});

describe("needsNormalizing", () => {
  it("is true whenever folding changes a text without unicode escapes", () => {
    fc.assert(
      fc.property(anyString, fc.boolean(), fc.constantFrom("all", "json"), (text, asText, spellings) => {
        const source = text.toWellFormed();
        const document = asText ? literal(source) : jsonOf(JSON.stringify(withoutUnicodeEscapes(source)));
        const normalized = normalizeLeaf(document, 0, spellings);
        assert.ok(triggers(document, spellings) || !normalized.folded);
        if (!normalized.folded) assert.equal(textOf(normalized.bytes), leafText(document, 0));
      }),
      { numRuns: 5000 },
    );
  });

  it("is true for any unicode escape, which can spell anything", () => {
    assert.ok(triggers(jsonOf('"a\\u0062c"')));
  });

  it("is false for plain ASCII, with or without simple escapes", () => {
    assert.ok(!triggers(jsonOf('"plain: a-b (1) \\n \\"q\\" \\\\ \\/"')));
  });

  for (const [language, text] of [
    ["Korean", "안녕하세요. ① 첫째, “오늘”은 날씨가 좋습니다 — 정말로… 가·나·다, 서울특별시 3층 ㎡ GPT 모델"],
    ["Japanese", "「こんにちは」。サーバー1台のデータを　確認：結果は次の通り〜。①と②、５ 個、React を使います"],
    ["Chinese", "你好，世界！请使用 React，然后重启服务器；谢谢。"],
    ["curly-quoted English", "“Don’t,” she said – it’s ‘fine’ — isn’t it? …and so on • one"],
    ["emoji", "Great 👍🏽 job 👩‍💻 ❤️ team 🎉🎉 ©️ 🇰🇷 ☑️ ℹ️ Info"],
    ["Russian", "Привет, как дела? Сегодня хорошая погода, а мы идём в парк. Это GPT, 2024 год."],
    ["Greek", "Καλημέρα κόσμε, τι κάνεις; Η ομάδα GPT."],
    ["accented Latin", "Über café à naïve señor, coração, Łódź; 10 € – œuvre"],
    ["Hindi", "नमस्ते दुनिया, आज मौसम अच्छा है।"],
    ["Thai and Arabic", "สวัสดีชาวโลก วันนี้อากาศดี مرحبا بالعالم كيف الحال"],
  ] as const) {
    it(`is false for ordinary ${language} text`, () => {
      assert.ok(!triggers(literal(text)));
      assert.ok(!triggers(jsonOf(`"\\n${text}\\n"`)));
    });
  }
});
