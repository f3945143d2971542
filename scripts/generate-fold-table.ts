import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CONFUSABLES } from "../packages/haechi/src/core/normalize/confusables.ts";
import { type FoldClass, type FoldRuns, parseFoldRuns } from "../packages/haechi/src/core/normalize/fold-class.ts";

/** The file that `node scripts/generate-fold-table.ts` writes. */
export const FOLD_TABLE_FILE = fileURLToPath(
  new URL("../packages/haechi/src/core/normalize/fold-table.generated.ts", import.meta.url),
);

/** The text of the generated fold table, from the Unicode data of this runtime. */
export function renderFoldTable(): string {
  const runs = collectRuns();
  const lines = Object.entries(runs).map(([foldClass, text]) => `  ${foldClass}: ${quoted(text)},`);
  return [
    "// Written by scripts/generate-fold-table.ts from the Unicode character database. Do not edit.",
    'import type { FoldClass, FoldRuns } from "./fold-class.ts";',
    "",
    `export const UNICODE_VERSION = "${process.versions.unicode}";`,
    "",
    "// biome-ignore format: one line for each class",
    "export const FOLD_RUNS: Readonly<Partial<Record<FoldClass, FoldRuns>>> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}

const HANDPICKED = new Set(
  Object.values(CONFUSABLES).flatMap((runs) =>
    parseFoldRuns(runs).flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at)),
  ),
);

const HOMOGLYPHS = new Map(parseFoldRuns(CONFUSABLES.homoglyph ?? "").map(({ first, text }) => [first, text]));

interface Folded {
  readonly foldClass: FoldClass;
  readonly text: string;
}

function collectRuns(): Record<string, FoldRuns> {
  const runs: Record<string, string[]> = {};
  let open: { foldClass: FoldClass; text: string; first: number; length: number } | null = null;
  const close = () => {
    if (open === null) return;
    const more = open.length > 1 ? `+${(open.length - 1).toString(16)}` : "";
    const text = TEXTLESS.has(open.foldClass) ? "" : `=${open.text}`;
    runs[open.foldClass] ??= [];
    runs[open.foldClass]?.push(`${open.first.toString(16)}${more}${text}`);
    open = null;
  };
  for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
    const folded = HANDPICKED.has(codePoint) ? null : foldOf(codePoint);
    if (open !== null && (folded === null || folded.foldClass !== open.foldClass || !continues(open, folded))) close();
    if (folded === null) continue;
    if (open === null) open = { ...folded, first: codePoint, length: 1 };
    else open.length++;
  }
  close();
  return Object.fromEntries(Object.entries(runs).map(([foldClass, list]) => [foldClass, list.join(" ")]));
}

const TEXTLESS: ReadonlySet<FoldClass> = new Set(["invisible", "mark", "space"]);

function continues(open: { text: string; length: number }, next: Folded): boolean {
  if (!/^[A-Za-z0-9]$/.test(open.text)) return next.text === open.text;
  return next.text === String.fromCharCode(open.text.charCodeAt(0) + open.length);
}

function foldOf(codePoint: number): Folded | null {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return null;
  const character = String.fromCodePoint(codePoint);
  if (/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character)) return { foldClass: "invisible", text: "" };
  // The next-line control ends a line; the other C1 controls show nothing.
  if (/\p{Cc}/u.test(character)) return codePoint === 0x85 ? null : { foldClass: "invisible", text: "" };
  if (/[\p{Mn}\p{Me}]/u.test(character)) return { foldClass: "mark", text: "" };
  if (/\p{Nd}/u.test(character)) return { foldClass: "strong", text: String(digitValue(codePoint)) };
  if (/\p{Zs}/u.test(character)) return { foldClass: "space", text: " " };
  return foldOfCompatibilityForm(character);
}

/** Decimal digits stand in runs of ten, zero first (Unicode Standard §4.6). */
function digitValue(codePoint: number): number {
  let zero = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (codePoint - zero) % 10;
}

function foldOfCompatibilityForm(character: string): Folded | null {
  const plain = character.normalize("NFKC");
  // "(a)", "1." and "1," are one letter or digit in an enclosure.
  const [, token] = /^\(?([A-Za-z0-9@_]+)[).,]?$/.exec(plain) ?? [];
  // Folded text is written over room for the source, so what would grow is left alone: no value is spelled with it.
  if (token !== undefined) return token.length <= utf8Length(character) ? { foldClass: "strong", text: token } : null;
  const codePoint = plain.codePointAt(0) ?? 0;
  const homoglyph = HOMOGLYPHS.get(codePoint);
  if (homoglyph !== undefined && plain.length === 1) return { foldClass: "homoglyph", text: homoglyph };
  // U+2014 em dash is ordinary between words, U+301C and U+3030 mark ranges in Japanese.
  if (plain === "\u2014") return { foldClass: "betweenDigits", text: "-" };
  if (/^[\p{Pd}\u2212]$/u.test(plain)) return WAVE_DASHES.has(plain) ? null : { foldClass: "hyphen", text: "-" };
  if (plain === "\u3002") return { foldClass: "connector", text: "." };
  if (!/^[!-/:-?[-`{-~]$/.test(plain)) return null;
  if ("()+".includes(plain)) return { foldClass: "sign", text: plain };
  if (":=\"'".includes(plain)) return { foldClass: "assign", text: plain };
  // Full-width forms of these end clauses in ordinary Chinese, Japanese and Greek text.
  if (",;!?".includes(plain)) return null;
  return { foldClass: "connector", text: plain };
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

const WAVE_DASHES: ReadonlySet<string> = new Set(["\u301c", "\u3030"]);

function quoted(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\");
  return text.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

if (import.meta.main) writeFileSync(FOLD_TABLE_FILE, renderFoldTable());
