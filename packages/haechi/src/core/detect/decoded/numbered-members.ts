import { type JsonDocument, KEY_LEAF, STRING_LEAF } from "../../document/json-document.ts";

/**
 * The strings under names that count up in one object, as the fields of a form do in which a
 * number is typed in groups: card1, card2, card3, card4. Only names that speak of such a number.
 */
export function numberedMembers(document: JsonDocument): number[][] {
  const { bytes, leaves } = document;
  const { count, kind, end, container } = leaves;
  const runs: number[][] = [];
  let run: number[] = [];
  let lastKey = -1;
  for (let key = 0; key + 1 < count; key++) {
    if (kind[key] !== KEY_LEAF || !isCount(bytes[end[key]! - 1]!)) continue;
    const value = key + 1;
    if (kind[value] !== STRING_LEAF || container[value] !== container[key]) continue;
    const goesOn = run.length > 0 && container[key] === container[lastKey] && isNextOf(document, lastKey, key);
    if (!goesOn) {
      if (run.length > 1) runs.push(run);
      run = namesNumber(document, key) ? [value] : [];
    } else {
      run.push(value);
    }
    lastKey = key;
  }
  if (run.length > 1) runs.push(run);
  return runs;
}

function isCount(byte: number): boolean {
  return byte >= DIGIT_ZERO && byte <= DIGIT_NINE;
}

/** True when the names differ in the digit at their end alone, which counts up by one. */
function isNextOf({ bytes, leaves: { start, end } }: JsonDocument, before: number, after: number): boolean {
  const length = end[before]! - start[before]!;
  if (end[after]! - start[after]! !== length) return false;
  if (bytes[end[after]! - 1]! !== bytes[end[before]! - 1]! + 1) return false;
  for (let at = 0; at < length - 1; at++) {
    if (bytes[start[before]! + at] !== bytes[start[after]! + at]) return false;
  }
  return true;
}

function namesNumber({ bytes, leaves: { start, end } }: JsonDocument, key: number): boolean {
  if (end[key]! - start[key]! > NAME_BYTES_MAX) return false;
  return NUMBERS.test(utf8.decode(bytes.subarray(start[key], end[key])));
}

const NUMBERS =
  /card|(?<![a-z])(?:cc|pan|iban|ssn|rrn|jumin)(?![a-z])|resident|social|account|카드|주민|계좌|カード|卡号/i;
const NAME_BYTES_MAX = 64;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
const utf8 = new TextDecoder();
