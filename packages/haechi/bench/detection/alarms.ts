import { type Detected, detect } from "../../src/core/detect/detect.ts";
import type { Detector } from "../../src/core/detect/detector.ts";
import type { EntityType } from "../../src/core/detect/entity-type.ts";
import { compileDetectors } from "../../src/core/detect/rules/compile.ts";
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

/** What the rules find in requests; those of injection are asked as in an answer. */
export function raiseAlarms(chunks: readonly BenignChunk[], rules: readonly Detector<EntityType>[]): Alarm[] {
  const isInjection = ({ entityType }: Detector<EntityType>) => entityType === "injection";
  const inAnswers = compileDetectors(rules.filter(isInjection));
  const inRequests = compileDetectors(rules.filter((rule) => !isInjection(rule)));
  return chunks.flatMap((chunk) =>
    [
      ...detect(chunk.text, { direction: "request", detectors: inRequests }),
      ...detect(chunk.text, { direction: "response", detectors: inAnswers }),
    ].map((found) => ({ found, chunk, right: isTrueAlarm(found, chunk.text) })),
  );
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
