import { BEYOND_ASCII } from "../detect/code-set.ts";
import type { CompiledDetectors } from "../detect/compile.ts";
import type { Direction } from "../detect/finding.ts";
import type { Rule } from "../detect/rule.ts";

/** What a stream needs to know of all rules at once. */
export interface StartTable {
  /** By character code, those beyond ASCII together at `BEYOND_ASCII`: the rules that can start with it. */
  readonly rulesByCode: readonly (readonly Rule[])[];
  /** How many characters before a start some rule looks at. */
  readonly lookBack: number;
}

/** The table for one direction; built once for the life of the compiled detectors. */
export function startTableFor(compiled: CompiledDetectors, direction: Direction): StartTable {
  let tables = tablesOf.get(compiled);
  if (tables === undefined) {
    tables = { request: null, response: null };
    tablesOf.set(compiled, tables);
  }
  tables[direction] ??= buildStartTable(compiled, direction);
  return tables[direction];
}

const tablesOf = new WeakMap<CompiledDetectors, Record<Direction, StartTable | null>>();

function buildStartTable(compiled: CompiledDetectors, direction: Direction): StartTable {
  const rules = compiled.rules.filter((rule) => rule.direction === null || rule.direction === direction);
  const lookBacks = rules.map(({ shape, context }) => Math.max(shape.behind, context?.reach ?? 0));
  return {
    rulesByCode: Array.from({ length: BEYOND_ASCII + 1 }, (_, code) =>
      rules.filter(({ shape }) => shape.first[code] === 1),
    ),
    lookBack: Math.max(LOOK_BACK_MIN, ...lookBacks),
  };
}

// Folding looks at the characters before, and an operator's own rules may too.
const LOOK_BACK_MIN = 80;
