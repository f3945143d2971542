import { parser } from "@prometheus-io/lezer-promql";

/** What an expression reads. */
export interface PromqlReading {
  readonly metrics: readonly string[];
  /** Labels that it selects or groups by. */
  readonly labels: readonly string[];
  /** What a label is compared with, for equality and inequality. */
  readonly values: readonly { readonly label: string; readonly value: string }[];
}

/**
 * Reads an expression by the grammar of Prometheus.
 * @throws Error where it does not parse
 */
export function readPromql(expression: string): PromqlReading {
  const metrics = new Set<string>();
  const labels = new Set<string>();
  const values: { label: string; value: string }[] = [];
  parser.parse(expression).iterate({
    enter({ type, name, from, to, node }) {
      const text = expression.slice(from, to);
      if (type.isError) throw new Error(`does not parse at ${from}: ${expression}`);
      if (name === "VectorSelector") metrics.add(expression.slice(from, node.getChild("Identifier")?.to ?? from));
      if (name === "LabelName") labels.add(text);
      const [, label, value] = name === "UnquotedLabelMatcher" ? (/^(\w+)\s*!?=\s*"(.*)"$/.exec(text) ?? []) : [];
      if (label !== undefined && value !== undefined) values.push({ label, value });
    },
  });
  return { metrics: [...metrics], labels: [...labels], values };
}
