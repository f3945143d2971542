import { type Detected, detect } from "../../src/core/detect/detect.ts";
import type { EntityType } from "../../src/core/detect/entity-type.ts";
import type { CompiledDetectors } from "../../src/core/detect/rules/compile.ts";
import type { GoldSpan, LabelledCase } from "./labelled-case.ts";

/** What one type's row of the table says. */
export interface TypeScore {
  readonly type: string;
  readonly golds: number;
  readonly found: number;
  /** Every letter and digit of the gold lies in some finding of any type. */
  readonly covered: number;
  readonly touched: number;
  /** Findings of the type that touch a gold of it or of its family. */
  readonly right: number;
  /** Findings of the type that touch no gold. */
  readonly wrong: number;
  readonly recall: number;
  readonly coveredRecall: number;
  readonly precision: number;
  readonly f1: number;
}

export interface Mistake {
  readonly kind: "missed" | "wrong";
  readonly type: string;
  readonly tier: LabelledCase["tier"];
  readonly group: string;
  readonly text: string;
  readonly value: string;
  /** The rule that was wrong, or what was found in place of the missed. */
  readonly by: string;
}

/** Types between which the border is arbitrary: a finding of one counts for a gold of another. */
const FAMILIES: readonly (readonly EntityType[])[] = [
  ["secret", "api_key"],
  ["national_id", "tax_id", "health_id"],
];

interface Tally {
  golds: number;
  found: number;
  covered: number;
  touched: number;
  right: number;
  wrong: number;
}

export class Scoreboard {
  readonly mistakes: Mistake[] = [];
  readonly #tallies = new Map<string, Tally>();
  readonly #tiers = new Map<string, { golds: number; found: number }>();
  readonly #disguises = new Map<string, { golds: number; found: number }>();
  /** Characters of all findings, and of those the ones that are gold. */
  #redacted = 0;
  #redactedGold = 0;

  add(labelled: LabelledCase, found: readonly Detected[]): void {
    const { text, gold, also, tier, group } = labelled;
    const note = (kind: Mistake["kind"], type: string, span: { start: number; end: number }, by: string) =>
      this.mistakes.push({ kind, type, tier, group, text, value: text.slice(span.start, span.end), by });
    const inTier = this.#tiers.get(tier) ?? { golds: 0, found: 0 };
    this.#tiers.set(tier, inTier);
    for (const span of gold) {
      const hit = found.some((finding) => sameFamily(finding.type, span.type) && isHit(finding, span));
      if (tier === "disguised") this.#countDisguise(group.split(":")[0]!, hit);
      inTier.golds++;
      if (hit) inTier.found++;
      else note("missed", span.type, span, found.map(({ type, ruleId }) => `${type}/${ruleId}`).join(" "));
      if (tier !== "core") continue;
      const tally = this.#tally(span.type);
      tally.golds++;
      if (hit) tally.found++;
      if (isCovered(text, span, found)) tally.covered++;
      if (found.some((finding) => overlap(finding, span) > 0)) tally.touched++;
    }
    for (const finding of found) {
      const onGold = gold.reduce((sum, span) => sum + overlap(finding, span), 0);
      if (tier === "core" && gold.length > 0 && finding.type !== "injection") {
        this.#redacted += finding.end - finding.start;
        this.#redactedGold += onGold;
      }
      if (tier === "core" && gold.some((span) => sameFamily(finding.type, span.type) && overlap(finding, span) > 0))
        this.#tally(finding.type).right++;
      if (onGold > 0 || also.includes(finding.type)) continue;
      note("wrong", finding.type, finding, finding.ruleId);
      if (tier === "core") this.#tally(finding.type).wrong++;
    }
  }

  types(): TypeScore[] {
    return [...this.#tallies]
      .map(([type, tally]) => {
        const recall = share(tally.found, tally.golds);
        const precision = share(tally.right, tally.right + tally.wrong);
        return {
          type,
          ...tally,
          recall,
          coveredRecall: share(tally.covered, tally.golds),
          precision,
          f1: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision),
        };
      })
      .sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  /** Recall in the tiers beside the headline. */
  tiers(): { tier: string; golds: number; recall: number }[] {
    return [...this.#tiers].map(([tier, { golds, found }]) => ({ tier, golds, recall: share(found, golds) }));
  }

  /** What is found of each way to disguise a value. */
  disguises(): [string, { golds: number; found: number }][] {
    return [...this.#disguises];
  }

  /** The share of redacted characters that were gold. */
  get spanPrecision(): number {
    return share(this.#redactedGold, this.#redacted);
  }

  #countDisguise(name: string, hit: boolean): void {
    const count = this.#disguises.get(name) ?? { golds: 0, found: 0 };
    this.#disguises.set(name, count);
    count.golds++;
    if (hit) count.found++;
  }

  #tally(type: string) {
    const known = this.#tallies.get(type) ?? { golds: 0, found: 0, covered: 0, touched: 0, right: 0, wrong: 0 };
    this.#tallies.set(type, known);
    return known;
  }
}

export function scoreCases(cases: readonly LabelledCase[], detectors: CompiledDetectors): Scoreboard {
  const board = new Scoreboard();
  for (const labelled of cases)
    board.add(
      labelled,
      detect(labelled.text, {
        direction: labelled.direction,
        decodeAndRescan: labelled.tier === "disguised",
        detectors,
      }),
    );
  return board;
}

/** A share with six decimals; 1 when there was nothing to be right about. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Number((part / whole).toFixed(6));
}

export function sameFamily(a: string, b: string): boolean {
  return a === b || FAMILIES.some((family) => family.some((type) => type === a) && family.some((type) => type === b));
}

/** Half of the gold or more; of an attempt at injection any part, since the whole text is the attempt. */
function isHit(finding: Detected, span: GoldSpan): boolean {
  return overlap(finding, span) * 2 >= (span.type === "injection" ? 1 : span.end - span.start);
}

function isCovered(text: string, span: GoldSpan, found: readonly Detected[]): boolean {
  for (let at = span.start; at < span.end; at++)
    if (/[\p{L}\p{N}]/u.test(text[at]!) && !found.some(({ start, end }) => start <= at && at < end)) return false;
  return true;
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
