/** What a scan owes to a disguise. */
export type Expectation =
  /** Found by every scan. */
  | "always"
  /** Found when the operator has encoded text decoded. */
  | "decoded"
  /** Found where the value passes a check of its own, so that joining loose characters cannot be an accident. */
  | "checked";

export interface Disguise {
  readonly name: string;
  readonly expectation: Expectation;
  readonly apply: (value: string) => string;
}

export interface BaseValue {
  readonly type: string;
  readonly value: string;
  /** The text around it; `#` is the value. */
  readonly sentence: string;
  /** It passes a checksum, or has a prefix that nothing else has. */
  readonly checked: boolean;
}

/** Values of different kinds: published test numbers, invented addresses and keys. */
export const BASE_VALUES: readonly BaseValue[] = [
  { type: "card", value: "4111111111111111", sentence: "pay with # please", checked: true },
  { type: "card", value: "5555-5555-5555-4444", sentence: "the card # is mine", checked: true },
  { type: "card", value: "3782 822463 10005", sentence: "카드 번호 # 입니다", checked: true },
  { type: "email", value: "jane.doe@example.com", sentence: "write to # today", checked: false },
  { type: "kr_rrn", value: "900101-1234568", sentence: "주민번호 # 확인", checked: true },
  { type: "phone", value: "010-1234-5678", sentence: "전화 # 로", checked: false },
  { type: "phone", value: "+44 20 7946 0958", sentence: "call # now", checked: false },
  { type: "iban", value: "DE89370400440532013000", sentence: "transfer to # soon", checked: true },
  { type: "es_dni", value: "12345678Z", sentence: "mi DNI es # y ya", checked: true },
  { type: "it_codice_fiscale", value: "RSSMRA85T10A562S", sentence: "codice # qui", checked: true },
  { type: "us_ssn", value: "219-09-9999", sentence: "ssn # on file", checked: false },
  { type: "api_key", value: `AKIA${"IOSFODNN7EXAMPL2"}`, sentence: "key # here", checked: true },
  { type: "secret", value: `ghp_${"16C7e42F292c6912E7710c838347Ae178B4a"}`, sentence: "token # here", checked: true },
  { type: "secret", value: `npm_${"aB3dE6gH9k".repeat(3)}aB3dE6`, sentence: "use # here", checked: true },
];

/** Ways to write a value so that a reader or a model still reads it. */
export const DISGUISES: readonly Disguise[] = [
  // Characters that show nothing, between all characters and at one place.
  ...Object.entries({
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "combining grapheme joiner": "\u034f",
    "variation selector": "\ufe0f",
    "variation selector supplement": "\u{e0100}",
    "tag character": "\u{e0041}",
    "left-to-right mark": "\u200e",
    "bidirectional isolate": "\u2066",
    "pop directional isolate": "\u2069",
    "left-to-right override": "\u202d",
    "invisible times": "\u2062",
    "invisible separator": "\u2063",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "Hangul choseong filler": "\u115f",
    "Mongolian vowel separator": "\u180e",
    "interlinear annotation anchor": "\ufff9",
    "deprecated format character": "\u206a",
    NUL: "\0",
    delete: "\x7f",
    "start of heading": "\x01",
    "unit separator": "\x1f",
    "C1 control": "\x84",
    "strike-through": "\u0336",
    "combining low line": "\u0332",
    "combining acute": "\u0301",
  }).flatMap(([name, mark]): Disguise[] => [
    { name: `${name} between all characters`, expectation: "always", apply: (value) => [...value].join(mark) },
    { name: `${name} at one place`, expectation: "always", apply: (value) => split(value).join(mark) },
  ]),
  { name: "zalgo", expectation: "always", apply: (value) => each(value, (one) => `${one}\u0300\u0316\u0321\u0489`) },
  { name: "backspace between all characters", expectation: "always", apply: (value) => [...value].join("\b") },
  { name: "a character and a backspace", expectation: "always", apply: (value) => split(value).join("x\b") },
  { name: "erased characters", expectation: "always", apply: (value) => each(value, (one) => `${one}z\b`) },
  { name: "terminal colours", expectation: "always", apply: (value) => split(value).join("\x1b[31m") },

  // The same characters in another dress.
  { name: "full-width", expectation: "always", apply: (value) => each(value, fullWidth) },
  ...Object.entries({
    bold: [0x1d400, 0x1d41a, 0x1d7ce],
    "sans-serif": [0x1d5a0, 0x1d5ba, 0x1d7e2],
    monospace: [0x1d670, 0x1d68a, 0x1d7f6],
    "sans-serif bold": [0x1d5d4, 0x1d5ee, 0x1d7ec],
  }).map(
    ([name, bases]): Disguise => ({
      name: `mathematical ${name}`,
      expectation: "always",
      apply: (value) => each(value, (one) => styled(one, bases)),
    }),
  ),
  {
    name: "circled",
    expectation: "always",
    apply: (value) =>
      each(value, (one) =>
        one === "0" ? "\u24ea" : shifted(shifted(styled(one, [0x24b6, 0x24d0]), "1", "9", 0x2460), "0", "0", 0x24ea),
      ),
  },
  {
    name: "superscript digits",
    expectation: "always",
    apply: (value) => each(value, (one) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number.parseInt(one, 10)] ?? one),
  },
  {
    name: "subscript digits",
    expectation: "always",
    apply: (value) => each(value, (one) => shifted(one, "0", "9", 0x2080)),
  },
  ...Object.entries({
    "Arabic-Indic": 0x660,
    "extended Arabic-Indic": 0x6f0,
    Devanagari: 0x966,
    Bengali: 0x9e6,
    Thai: 0xe50,
    Khmer: 0x17e0,
    segmented: 0x1fbf0,
  }).map(
    ([name, zero]): Disguise => ({
      name: `${name} digits`,
      expectation: "always",
      apply: (value) => each(value, (one) => shifted(one, "0", "9", zero)),
    }),
  ),
  {
    name: "Cyrillic look-alikes",
    expectation: "always",
    apply: (value) => replaced(value, "aceopxysijABCEHIJKMOPSTXY", "асеорхуѕіјАВСЕНІЈКМОРЅТХУ"),
  },
  {
    name: "Greek look-alikes",
    expectation: "always",
    apply: (value) => replaced(value, "ovAEBHIKMNOPTXYZ", "ονΑΕΒΗΙΚΜΝΟΡΤΧΥΖ"),
  },
  { name: "Armenian look-alikes", expectation: "always", apply: (value) => replaced(value, "hnouSO", "հոօսՏՕ") },
  {
    name: "Cherokee look-alikes",
    expectation: "always",
    apply: (value) => replaced(value, "ADEGHKMPRSTWZ", "ᎪᎠᎬᏀᎻᏦᎷᏢᎡᏚᎢᎳᏃ"),
  },
  { name: "Cyrillic digits", expectation: "checked", apply: (value) => replaced(value, "306", "ЗОб") },
  { name: "letter O for zero", expectation: "checked", apply: (value) => replaced(value, "0", "O") },
  { name: "Cyrillic O for zero", expectation: "checked", apply: (value) => replaced(value, "0", "О") },
  { name: "small l for one", expectation: "checked", apply: (value) => replaced(value, "1", "l") },

  // Other separators.
  ...Object.entries({
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "figure space": "\u2007",
    "thin space": "\u2009",
    "ideographic space": "\u3000",
    "Ogham space": "\u1680",
  }).map(
    ([name, blank]): Disguise => ({
      name: `${name} for separators`,
      expectation: "always",
      apply: (value) => value.replace(/[ -]/g, blank),
    }),
  ),
  ...Object.entries({
    "en dash": "–",
    "em dash": "—",
    "non-breaking hyphen": "\u2011",
    "minus sign": "−",
    "figure dash": "‒",
    "full-width hyphen": "－",
    "hyphen bullet": "⁃",
    "prolonged sound mark": "ー",
  }).map(
    ([name, dash]): Disguise => ({
      name: `${name} for separators`,
      expectation: "always",
      apply: (value) => value.replace(/[ -](?=\d)/g, dash),
    }),
  ),
  { name: "ideographic full stops", expectation: "always", apply: (value) => value.replaceAll(".", "。") },
  { name: "one dot leaders", expectation: "always", apply: (value) => value.replaceAll(".", "․") },
  ...Object.entries({ blanks: " ", hyphens: "-", dots: ".", underscores: "_", slashes: "/" }).map(
    ([name, sign]): Disguise => ({
      name: `${name} between all characters`,
      expectation: "checked",
      apply: (value) => [...value.replace(/[ -](?=\d)/g, "")].join(sign),
    }),
  ),
  ...Object.entries({
    underscore: "_",
    slash: "/",
    "vertical bar": "|",
    asterisk: "*",
    "middle dot": "·",
    bullet: "•",
    colon: ":",
    comma: ",",
    "comma and blank": ", ",
    tilde: "~",
    plus: "+",
    "number sign": "#",
    "blanked hyphen": " - ",
    "double hyphen": "--",
    "two blanks": "  ",
    tab: "\t",
    newline: "\n",
    semicolon: ";",
  }).map(
    ([name, sign]): Disguise => ({
      name: `${name} between groups`,
      expectation: "checked",
      apply: (value) => grouped(value).join(sign),
    }),
  ),

  // Characters written out.
  { name: "decimal entities", expectation: "always", apply: (value) => each(value, (one) => `&#${code(one)};`) },
  { name: "hexadecimal entities", expectation: "always", apply: (value) => each(value, (one) => `&#x${hex(one)};`) },
  {
    name: "entities without semicolon",
    expectation: "always",
    apply: (value) => each(value, (one) => `&#${code(one)}`),
  },
  {
    name: "entities with leading zeros",
    expectation: "always",
    apply: (value) => each(value, (one) => `&#${String(code(one)).padStart(7, "0")};`),
  },
  {
    name: "entities for signs",
    expectation: "always",
    apply: (value) => value.replace(/[^A-Za-z0-9]/g, (one) => `&#${code(one)};`),
  },
  {
    name: "named entities",
    expectation: "always",
    apply: (value) =>
      value
        .replaceAll("@", "&commat;")
        .replaceAll(".", "&period;")
        .replaceAll("_", "&lowbar;")
        .replaceAll(" ", "&nbsp;")
        .replaceAll("+", "&plus;"),
  },
  { name: "entities twice", expectation: "always", apply: (value) => each(value, (one) => `&amp;#${code(one)};`) },
  { name: "zero-width entities", expectation: "always", apply: (value) => split(value).join("&#8203;") },
  { name: "shy entities", expectation: "always", apply: (value) => split(value).join("&shy;") },
  { name: "percent-encoding of all", expectation: "always", apply: (value) => each(value, (one) => `%${hex(one)}`) },
  {
    name: "percent-encoding of signs",
    expectation: "always",
    apply: (value) => value.replace(/[^A-Za-z0-9]/g, (one) => `%${hex(one)}`),
  },
  { name: "percent-encoding twice", expectation: "always", apply: (value) => each(value, (one) => `%25${hex(one)}`) },
  {
    name: "percent-encoding of one",
    expectation: "always",
    apply: (value) => value.replace(/(?<=.{4})[A-Za-z0-9]/, (one) => `%${hex(one)}`),
  },
  { name: "unicode escapes", expectation: "always", apply: (value) => each(value, (one) => `\\u00${hex(one)}`) },
  {
    name: "unicode escapes of signs",
    expectation: "always",
    apply: (value) => value.replace(/[^A-Za-z0-9]/g, (one) => `\\u00${hex(one)}`),
  },
  { name: "braced unicode escapes", expectation: "always", apply: (value) => each(value, (one) => `\\u{${hex(one)}}`) },
  { name: "hexadecimal escapes", expectation: "always", apply: (value) => each(value, (one) => `\\x${hex(one)}`) },
  {
    name: "long unicode escapes",
    expectation: "always",
    apply: (value) => each(value, (one) => `\\U000000${hex(one)}`),
  },
  {
    name: "octal escapes",
    expectation: "always",
    apply: (value) => each(value, (one) => `\\${code(one).toString(8).padStart(3, "0")}`),
  },
  { name: "doubled backslashes", expectation: "always", apply: (value) => each(value, (one) => `\\\\u00${hex(one)}`) },
  { name: "quoted-printable of all", expectation: "always", apply: (value) => each(value, (one) => `=${hex(one)}`) },
  { name: "quoted-printable at sign", expectation: "always", apply: (value) => value.replaceAll("@", "=40") },
  { name: "a soft line break", expectation: "always", apply: (value) => split(value).join("=\r\n") },
  { name: "JSON in a string", expectation: "always", apply: (value) => JSON.stringify(`a\n${value}\nb`) },
  {
    name: "JSON in a string twice",
    expectation: "always",
    apply: (value) => JSON.stringify(JSON.stringify(`a\n${value}\nb`)),
  },

  // Markup that shows nothing of itself.
  { name: "an empty element", expectation: "always", apply: (value) => split(value).join("<b></b>") },
  { name: "a comment", expectation: "always", apply: (value) => split(value).join("<!-- x -->") },
  {
    name: "spans with attributes",
    expectation: "always",
    apply: (value) =>
      split(value)
        .map((half) => `<span class="a">${half}</span>`)
        .join(""),
  },
  { name: "bold halves", expectation: "always", apply: (value) => `${split(value).join("**")}**` },
  { name: "a word break opportunity", expectation: "always", apply: (value) => split(value).join("<wbr>") },
  { name: "a code span at a sign", expectation: "always", apply: (value) => value.replaceAll("@", "`@`") },

  // Whole encodings.
  {
    name: "tag characters for all",
    expectation: "always",
    apply: (value) => each(value, (one) => String.fromCodePoint(0xe0000 + code(one))),
  },
  {
    name: "variation selectors for bytes",
    expectation: "always",
    apply: (value) =>
      each(value, (one) => String.fromCodePoint(code(one) < 16 ? 0xfe00 + code(one) : 0xe0100 + code(one) - 16)),
  },
  {
    name: "pairs swapped by overrides",
    expectation: "always",
    apply: (value) => value.replace(/(.)(.)/gu, "\u202d\u2066\u202e\u2066$2\u2069\u2066$1\u2069\u202c\u2069\u202c"),
  },
  {
    name: "reversed under an override",
    expectation: "always",
    apply: (value) => `\u202e${[...value].reverse().join("")}\u202c`,
  },
  { name: "base64", expectation: "decoded", apply: (value) => base64(value.padEnd(16, " ")) },
  { name: "base64 of a sentence", expectation: "decoded", apply: (value) => base64(`the value is ${value} and so on`) },
  {
    name: "base64 without padding",
    expectation: "decoded",
    apply: (value) => base64(`the value is ${value}, and on`).replace(/=+$/, ""),
  },
  {
    name: "base64url",
    expectation: "decoded",
    apply: (value) =>
      base64(`the value is ${value} ~~~???>>>`).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
  },
  {
    name: "base64 in lines",
    expectation: "decoded",
    apply: (value) => base64(`the value is ${value} and so on, with more of it to come`).replace(/.{32}/g, "$&\n"),
  },
  { name: "base64 twice", expectation: "decoded", apply: (value) => base64(base64(`the value is ${value} and so on`)) },
  { name: "hexadecimal", expectation: "decoded", apply: (value) => each(value, hex) },
  {
    name: "hexadecimal in capitals with blanks",
    expectation: "decoded",
    apply: (value) => [...value].map((one) => hex(one).toUpperCase()).join(" "),
  },
  {
    name: "hexadecimal with prefixes",
    expectation: "decoded",
    apply: (value) => [...value].map((one) => `0x${hex(one)}`).join(" "),
  },
  {
    name: "hexadecimal of a sentence",
    expectation: "decoded",
    apply: (value) => each(`the value is ${value} here`, hex),
  },
  {
    name: "a data URL",
    expectation: "decoded",
    apply: (value) => `data:text/plain;base64,${base64(`the value is ${value} and so on`)}`,
  },
  {
    name: "percent-encoding of a query",
    expectation: "always",
    apply: (value) => encodeURIComponent(value),
  },
  { name: "base32", expectation: "decoded", apply: (value) => base32(`the value is ${value} ok`) },
];

function each(value: string, change: (character: string) => string): string {
  return [...value].map(change).join("");
}

/** In two halves, between characters that both belong to a group. */
function split(value: string): [string, string] {
  let at = value.length >> 1;
  while (!/^[A-Za-z0-9]{2}$/.test(value.slice(at - 1, at + 1))) at++;
  return [value.slice(0, at), value.slice(at)];
}

function grouped(value: string): string[] {
  return /[ -]\d/.test(value)
    ? value.split(/[ -](?=\d)/)
    : /^\d+$/.test(value)
      ? (value.match(/.{1,4}/g) ?? [])
      : [value];
}

function code(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function hex(character: string): string {
  return code(character).toString(16).padStart(2, "0");
}

function shifted(character: string, first: string, last: string, base: number): string {
  const isInRange = character >= first && character <= last && character.length === 1;
  return isInRange ? String.fromCodePoint(base + code(character) - code(first)) : character;
}

/** With letters and digits from where the alphabets of a style begin: capitals, small letters, digits. */
function styled(character: string, [capital, small, digit]: readonly number[]): string {
  const capitals = shifted(character, "A", "Z", capital!);
  const letters = capitals === character ? shifted(character, "a", "z", small!) : capitals;
  return letters === character && digit !== undefined ? shifted(character, "0", "9", digit) : letters;
}

function fullWidth(character: string): string {
  return character === " " ? "\u3000" : String.fromCodePoint(code(character) + 0xfee0);
}

function replaced(value: string, plain: string, lookAlikes: string): string {
  const other = [...lookAlikes];
  return each(value, (one) => other[plain.indexOf(one)] ?? one);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = (bits.match(/.{1,5}/g) ?? []).map(
    (five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)],
  );
  return digits.join("").padEnd(Math.ceil(digits.length / 8) * 8, "=");
}
