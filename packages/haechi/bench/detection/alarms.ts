import type { CompiledDetectors } from "../../src/core/detect/compile.ts";
import { type Detected, detect } from "../../src/core/detect/detect.ts";
import { isTrueAlarm } from "./alarm-judge.ts";
import { type BenignChunk, megabytesOf } from "./benign.ts";

export interface Alarm {
  readonly found: Detected;
  readonly chunk: BenignChunk;
  /** What the judge says: it is such a thing after all. */
  readonly right: boolean;
}

/** What one rule says in one category. */
export interface AlarmCount {
  /** Entity type and rule id. */
  readonly rule: string;
  readonly category: string;
  readonly right: number;
  readonly wrong: number;
  /** Of the category, in UTF-16 units, millions. */
  readonly megabytes: number;
}

/** Injection is looked for too, as in an answer. */
export function raiseAlarms(chunks: readonly BenignChunk[], detectors: CompiledDetectors): Alarm[] {
  const alarms: Alarm[] = [];
  for (const chunk of chunks)
    for (const direction of ["request", "response"] as const)
      for (const found of detect(chunk.text, { direction, detectors }))
        if (direction === "request" || found.type === "injection")
          alarms.push({ found, chunk, right: isTrueAlarm(found, chunk.text) });
  return alarms;
}

/** The most frequent wrong ones first. */
export function countAlarms(alarms: readonly Alarm[], chunks: readonly BenignChunk[]): AlarmCount[] {
  const counts = new Map<string, { rule: string; category: string; right: number; wrong: number }>();
  for (const { found, chunk, right } of alarms) {
    const rule = `${found.type}/${found.ruleId}`;
    const key = `${rule} ${chunk.category}`;
    const count = counts.get(key) ?? { rule, category: chunk.category, right: 0, wrong: 0 };
    count[right ? "right" : "wrong"]++;
    counts.set(key, count);
  }
  return [...counts.values()]
    .map((count) => ({
      ...count,
      megabytes: megabytesOf(chunks.filter(({ category }) => category === count.category)),
    }))
    .sort((a, b) => b.wrong - a.wrong || (a.rule < b.rule ? -1 : 1));
}
