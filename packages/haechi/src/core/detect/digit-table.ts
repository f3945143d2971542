import type { Rule } from "./rule.ts";

/** Which rules a run of digits concerns. */
export interface DigitTable {
  /** Shorter runs concern no rule; 0 when there is no rule at all. */
  readonly runMin: number;
  /** By length of the run; longer runs as the last entry. */
  readonly rulesByRun: readonly (readonly DigitRule[])[];
}

export interface DigitRule {
  readonly rule: Rule;
  /** Digits that a match holds in one run at least. */
  readonly run: number;
  /** How far before that run a match may start. */
  readonly lead: number;
  /** A match may start within the run, and not only where the run starts or before. */
  readonly startsInside: boolean;
}

export function buildDigitTable(rules: readonly DigitRule[]): DigitTable {
  if (rules.length === 0) return { runMin: 0, rulesByRun: [] };
  const runMax = Math.max(...rules.map(({ run }) => run));
  const rulesByRun = Array.from({ length: runMax + 1 }, (_, length) => rules.filter(({ run }) => run <= length));
  return { runMin: Math.min(...rules.map(({ run }) => run)), rulesByRun };
}

/** Past the last of the digits that begin at `at`. */
export function digitRunEnd(bytes: Uint8Array, at: number, end: number): number {
  let past = at;
  while (past < end && isDigit(bytes[past]!)) past++;
  return past;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
