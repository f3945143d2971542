import type { EntityType } from "../../core/detect/entity-type.ts";
import type { Finding } from "../../core/detect/finding.ts";

/** Findings as columns, which cross from one thread to another without being copied. */
export interface FindingColumns {
  readonly leaf: Int32Array<ArrayBuffer>;
  readonly start: Int32Array<ArrayBuffer>;
  readonly end: Int32Array<ArrayBuffer>;
  readonly confidence: Float64Array<ArrayBuffer>;
  /** 1 for a piece of a value that goes on from one leaf to the next. */
  readonly acrossLeaves: Uint8Array<ArrayBuffer>;
  /** Index in `rules`. */
  readonly rule: Uint16Array<ArrayBuffer>;
  /** The rules that found something, with the type that they found. */
  readonly rules: readonly { readonly ruleId: string; readonly entityType: EntityType }[];
}

/** The findings, in their order. */
export function toColumns(findings: readonly Finding[]): FindingColumns {
  const { length } = findings;
  const columns = {
    leaf: new Int32Array(length),
    start: new Int32Array(length),
    end: new Int32Array(length),
    confidence: new Float64Array(length),
    acrossLeaves: new Uint8Array(length),
    rule: new Uint16Array(length),
  };
  const rules: FindingColumns["rules"][number][] = [];
  const indexOf = new Map<string, number>();
  for (const [row, { leaf, start, end, confidence, ruleId, entityType, acrossLeaves }] of findings.entries()) {
    columns.leaf[row] = leaf;
    columns.start[row] = start;
    columns.end[row] = end;
    columns.confidence[row] = confidence;
    columns.acrossLeaves[row] = acrossLeaves === true ? 1 : 0;
    const name = `${ruleId} ${entityType}`;
    let rule = indexOf.get(name);
    if (rule === undefined) {
      rule = rules.push({ ruleId, entityType }) - 1;
      indexOf.set(name, rule);
    }
    columns.rule[row] = rule;
  }
  return { ...columns, rules };
}

/** The buffers of columns, to be moved and not copied. */
export function buffersOf({ leaf, start, end, confidence, acrossLeaves, rule }: FindingColumns): ArrayBuffer[] {
  return [leaf, start, end, confidence, acrossLeaves, rule].map(({ buffer }) => buffer);
}

/** The findings that the columns are made of. */
export function fromColumns({ leaf, start, end, confidence, acrossLeaves, rule, rules }: FindingColumns): Finding[] {
  return Array.from(leaf, (_, row) => ({
    leaf: leaf[row]!,
    ...rules[rule[row]!]!,
    confidence: confidence[row]!,
    start: start[row]!,
    end: end[row]!,
    ...(acrossLeaves[row] === 1 ? { acrossLeaves: true as const } : {}),
  }));
}
