import { EDGE } from "../patterns/code-set.ts";
import type { RollingArrays, RollingAutomaton } from "../tables/rolling-automaton.ts";

// Texts in which numbers stand as they mostly do, for what is to know its way through such texts
// from the beginning: made up, and any two characters of ASCII side by side.

const NUMBERS: readonly string[] = [
  ..."0 1 7 12 42 100 256 1024 4096 12345 100000 0.7 0.95 1.5 10.25 99.99 3.14159 1e-5 -1 +3 1/2 3-4 10-20 24/7".split(
    " ",
  ),
  ..."1,250 1,234,567 1.250,00 26% $4.99 €12 £3 7th 1st 2nd 2x 10px 1.5em 5GB 16ms #42 [12] (3) {5} <2> *9* _4_".split(
    " ",
  ),
  ..."12:30 10:15:30 9am 2024 1990s 2024-05-03 2026-11-22 03/05/2024 12/31/99 3.5.2024 2024/05 20240503".split(" "),
  ..."2024-05-03T10:15:30Z 2024-05-03T10:15:30.123Z 2026-11-22T00:00:00+01:00 v1.22.0 1.2.3 ^4.17.21 ~2.0 3.x".split(
    " ",
  ),
  ..."gpt-4o gpt-4o-2024-08-06 gpt-4.1-mini claude-3-5-sonnet-20241022 llama3.1:70b o1 utf-8 sha256 base64 x86_64 h2 i18n".split(
    " ",
  ),
  ..."0x1f 0b101 id_123 user1 a1b2c3 abc123 item-12 step1 arr[0] f(1) x=1 n:5 /v1/chat :8080 127.0.0.1:8080 192.168.0.1".split(
    " ",
  ),
];
const BEFORE: readonly string[] = [
  "",
  " ",
  "the ",
  "A ",
  ": ",
  ", ",
  "\n",
  "\n- ",
  "(",
  '"',
  "=",
  "about ",
  "Version ",
];
const BEHIND: readonly string[] = [
  "",
  " ",
  " of",
  " a",
  ".",
  ". The",
  ", ",
  ")",
  "\n",
  '"',
  ":",
  ";",
  " and 3 ",
  " %",
  "\\n",
];
const SENTENCES: readonly string[] = [
  "On 3 May 2024 at 10:15 about 1,250 of 4,800 parts (26 %) had left gate 7, ISO 9001:2015, see RFC 3986, page 12 of 20.",
  "1. Take 2 eggs and 250 g of flour.\n2. Bake for 45 minutes at 180 °C.\n3) Serve 4 people, or 6 if they are not hungry.",
  "Error on line 12, column 3: expected 2 arguments, but got 1. Exit code 137 after 30s, retry 2/5 in 1000 ms.",
  "In Q3 2024 sales rose by 12.5% to $4.2 million, from $3.7 million in Q2; 3 of 10 customers stayed for 12 months.",
  'for (let i = 0; i < 10; i++) { total += rows[i][1] * 0.5; }\nconst limit = 1 << 16; return total >= 1e6 ? 2 : -1;\n{"n": 1, "p": 0.9}',
  "Chapter 4 begins on page 57. World War 2 ended in 1945. The year 2000 was 26 years ago; see figures 3a, 3b and 4.",
];

const PRINTABLE = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index));

/** The states of an automaton that has made none, when it has read such texts. */
export function statesOfOrdinaryTexts(automaton: RollingAutomaton): RollingArrays {
  const utf8 = new TextEncoder();
  for (const text of ordinaryTexts()) {
    const bytes = utf8.encode(text);
    automaton.begin(0, EDGE);
    while (automaton.at < bytes.length) automaton.readTo(bytes, bytes.length, false);
  }
  return automaton.arrays;
}

/** Each of them a text by itself. */
function ordinaryTexts(): string[] {
  const texts = [...SENTENCES];
  for (const number of NUMBERS) {
    for (const before of BEFORE) for (const behind of BEHIND) texts.push(before + number + behind);
  }
  for (const one of PRINTABLE) {
    for (const other of PRINTABLE) texts.push(`${one}${other}`);
    for (const digits of ["1", "12", "123", "1234"]) texts.push(`${digits}${one}`, `${one}${digits} ${one}`);
  }
  return texts;
}
