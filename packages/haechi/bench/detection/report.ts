import Table from "cli-table3";
import type { AlarmCount } from "./alarms.ts";
import type { Mistake, TypeScore } from "./score.ts";

/** Types by how well they do, with what all of them come to at the end. */
export function scoreTable(scores: readonly TypeScore[]): string {
  const table = plainTable(["type", "places", "recall", "covered", "precision", "F1", "missed", "wrong"], 1);
  for (const { type, golds, found, recall, coveredRecall, precision, f1, wrong } of scores)
    table.push([
      type,
      `${golds}`,
      ...[recall, coveredRecall, precision, f1].map(percent),
      `${golds - found}`,
      `${wrong}`,
    ]);
  const { recall, covered, precision, f1 } = macro(scores);
  table.push(["macro", "", ...[recall, covered, precision, f1].map(percent), "", ""]);
  return table.toString();
}

/** The unweighted means over the types that have something to be found. */
export function macro(scores: readonly TypeScore[]) {
  const counted = scores.filter(({ golds }) => golds > 0);
  const mean = (of: (score: TypeScore) => number) =>
    counted.length === 0 ? 1 : counted.reduce((sum, score) => sum + of(score), 0) / counted.length;
  return {
    recall: mean(({ recall }) => recall),
    covered: mean(({ coveredRecall }) => coveredRecall),
    precision: mean(({ precision }) => precision),
    f1: mean(({ f1 }) => f1),
  };
}

/** Where the mistakes are: the most frequent groups first. */
export function mistakeTable(mistakes: readonly Mistake[], rows: number): string {
  const groups = new Map<string, { mistake: Mistake; count: number }>();
  for (const mistake of mistakes) {
    const key = `${mistake.kind} ${mistake.type} ${mistake.group.split(",")[0]} ${mistake.kind === "wrong" ? mistake.by : ""}`;
    const group = groups.get(key) ?? { mistake, count: 0 };
    group.count++;
    groups.set(key, group);
  }
  const table = plainTable(["", "type", "tier", "group", "n", "by", "for example"], 4);
  for (const { mistake, count } of [...groups.values()].sort((a, b) => b.count - a.count).slice(0, rows)) {
    const { kind, type, tier, group, by, text, value } = mistake;
    table.push([kind, type, tier, clipped(group, 44), `${count}`, clipped(by, 30), clipped(marked(text, value), 90)]);
  }
  return table.toString();
}

export function alarmTable(counts: readonly AlarmCount[], rows: number): string {
  const table = plainTable(["rule", "category", "true", "false", "false per MB"], 2);
  for (const { rule, category, right, wrong, megabytes } of counts.slice(0, rows))
    table.push([rule, category, `${right}`, `${wrong}`, (wrong / megabytes).toFixed(2)]);
  return table.toString();
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Without colours; the first columns are names, the others figures. */
export function plainTable(head: string[], names: number) {
  return new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, at) => (at < names ? "left" : "right")),
  });
}

function marked(text: string, value: string): string {
  const at = text.indexOf(value);
  return at < 0
    ? text
    : `${text.slice(Math.max(0, at - 30), at)}⟦${clipped(value, 50)}⟧${text.slice(at + value.length)}`;
}

export function clipped(text: string, length: number): string {
  const line = text.replaceAll("\n", "⏎").replaceAll("\r", "").replaceAll("\t", "⇥");
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
