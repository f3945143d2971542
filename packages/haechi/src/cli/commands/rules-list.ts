import { HARD_BLOCK_TYPES } from "../../core/detect/entity-type.ts";
import { detectorsFor } from "../../runtime/detection-rules.ts";
import type { Command } from "../command.ts";
import { readConfiguration } from "../configuration.ts";
import { configOption, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

interface ListedRule {
  readonly id: string;
  readonly type: string;
  readonly confidence: number;
  readonly hardBlock: boolean;
  readonly direction: string;
  readonly source: "built-in" | "custom";
}

export const rulesList: Command = {
  arguments: [],
  options: [
    { name: "type", value: "<type>", description: "Only rules of this entity type." },
    configOption,
    ...reportOptions,
  ],
  members: ["rules"],
  exitCodes: [],
  examples: [
    { line: "haechi rules list", purpose: "Everything that is looked for, and how sure each finding is." },
    { line: "haechi rules list --type phone", purpose: "The rules of one type." },
  ],
  async run(given, io) {
    const { config } = readConfiguration(given, io);
    const type = textOf(given, "type");
    const builtIn = detectorsFor(config.filters).map(({ id, entityType, confidence, direction = "both" }) =>
      listed({ id, type: entityType, confidence, direction, source: "built-in" }),
    );
    const custom = config.filters.customRules.map(({ id, type, confidence, direction = "both" }) =>
      listed({ id, type, confidence, direction, source: "custom" }),
    );
    const rules = [...builtIn, ...custom].filter((rule) => type === undefined || rule.type === type);
    return reported({ rules }, ({ table }) =>
      rules.length === 0
        ? "There are no such rules."
        : table(
            ["rule", "type", "confidence", "class", "direction", "source"],
            rules.map(({ id, type, confidence, hardBlock, direction, source }) => [
              id,
              type,
              String(confidence),
              hardBlock ? "hard-block" : "",
              direction,
              source,
            ]),
          ),
    );
  },
};

function listed(rule: Omit<ListedRule, "hardBlock">): ListedRule {
  return { ...rule, hardBlock: HARD_BLOCK_TYPES.has(rule.type) };
}
