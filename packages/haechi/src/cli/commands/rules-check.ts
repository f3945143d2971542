import { HARD_BLOCK_TYPES } from "../../core/detect/entity-type.ts";
import { type CompiledCustomRule, compileCustomRule } from "../../core/detect/rules/custom-rule.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

/** How a rule is run, for one who wonders what it costs. */
const WAYS: Readonly<Record<CompiledCustomRule["kind"], string>> = {
  anchored: "tried only where one of its literals stands: costs next to nothing",
  unanchored: "tried at every place that its first character allows",
  linear: "run by an automaton over every text: linear, and slower than the others",
};

interface CheckedRule {
  readonly id: string;
  readonly ok: boolean;
  /** How it is run; null when it is refused. */
  readonly kind: CompiledCustomRule["kind"] | null;
  /** Why it is refused; null when it is not. */
  readonly reason: string | null;
  readonly hardBlock: boolean;
}

export const rulesCheck: Command = {
  arguments: [],
  options: [
    {
      name: "pattern",
      value: "<pattern>",
      description: "Check this pattern instead of the rules of the configuration.",
    },
    { name: "flags", value: "<flags>", description: "Flags of the pattern." },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "rules"],
  exitCodes: [],
  examples: [
    {
      line: "haechi rules check",
      purpose: "Whether the rules of the configuration are safe to run, and how they are run.",
    },
    {
      line: "haechi rules check --pattern EMP-[0-9]{6}",
      purpose: "The same for one pattern, before it is written down.",
    },
  ],
  async run(given, io) {
    const pattern = textOf(given, "pattern");
    if (pattern === undefined && textOf(given, "flags") !== undefined) throw usageError("--flags goes with --pattern");
    const rules =
      pattern === undefined
        ? readConfigurationAloud(given, io).config.filters.customRules.map((rule) => check(rule.id, rule))
        : [check("pattern", { pattern, type: "custom", flags: textOf(given, "flags") ?? "" })];
    const ok = rules.every((rule) => rule.ok);
    return reported(
      { ok, rules },
      ({ paint, table }) =>
        rules.length === 0
          ? "The configuration holds no rules of its own."
          : table(
              ["rule", "verdict", "why"],
              rules.map(({ id, ok, kind, reason }) => [
                id,
                ok ? paint.good("accepted") : paint.bad("refused"),
                kind === null ? (reason ?? "") : WAYS[kind],
              ]),
            ),
      ok ? 0 : 1,
    );
  },
};

function check(id: string, rule: Omit<Parameters<typeof compileCustomRule>[0], "id">): CheckedRule {
  const hardBlock = HARD_BLOCK_TYPES.has(rule.type);
  try {
    return { id, ok: true, kind: compileCustomRule({ ...rule, id }).kind, reason: null, hardBlock };
  } catch (error) {
    if (!isHaechiError(error, "CONFIG_INVALID")) throw error;
    return { id, ok: false, kind: null, reason: error.message, hardBlock };
  }
}
