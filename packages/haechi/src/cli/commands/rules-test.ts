import { detect } from "../../core/detect/detect.ts";
import type { Direction } from "../../core/detect/finding.ts";
import { compileDetectors } from "../../core/detect/rules/compile.ts";
import { compileCustomRule } from "../../core/detect/rules/custom-rule.ts";
import { detectorsFor } from "../../runtime/detection-rules.ts";
import type { Command } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfiguration } from "../configuration.ts";
import { configOption, reportOptions, textOf, textsOf } from "../options.ts";
import { readInput } from "../read-input.ts";
import { reported } from "../result.ts";
import { printable } from "../view.ts";

export const rulesTest: Command = {
  arguments: [{ name: "file", description: "Text to look through, or - for standard input." }],
  options: [
    { name: "rule", value: "<id>", isRepeatable: true, description: "Only this rule; all of them when left out." },
    { name: "key", value: "<name>", description: "JSON key under which the text would stand." },
    {
      name: "direction",
      value: "<direction>",
      choices: ["request", "response"],
      description: "Which way the text would go; request when left out.",
    },
    configOption,
    ...reportOptions,
  ],
  members: ["findings"],
  exitCodes: [],
  examples: [
    { line: "haechi rules test notes.txt", purpose: "What would be found in a text, where, and by which rule." },
    { line: "haechi rules test - --rule employee-number < sample.txt", purpose: "What one rule makes of a text." },
  ],
  async run(given, io) {
    const { config } = readConfiguration(given, io);
    const wanted = new Set(textsOf(given, "rule"));
    const isWanted = (id: string) => wanted.size === 0 || wanted.has(id);
    const builtIn = detectorsFor(config.filters).filter(({ id }) => isWanted(id));
    const custom = config.filters.customRules.filter(({ id }) => isWanted(id));
    const known = new Set([...builtIn, ...custom].map(({ id }) => id));
    for (const id of wanted)
      if (!known.has(id)) throw usageError(`there is no rule ${id}; haechi rules list shows them`);

    const text = readText(await readInput(given.arguments[0]!, io.stdin));
    const key = textOf(given, "key");
    const findings = detect(text, {
      direction: (textOf(given, "direction") ?? "request") as Direction,
      decodeAndRescan: config.filters.decodeAndRescan,
      detectors: compileDetectors(builtIn, custom.map(compileCustomRule)),
      ...(key === undefined ? {} : { key }),
    });
    return reported({ findings }, ({ table }) =>
      findings.length === 0
        ? "Nothing found."
        : table(
            ["line", "column", "type", "rule", "confidence", "text"],
            findings.map(({ start, type, ruleId, confidence, value }) => {
              const before = text.slice(0, start);
              const lineStart = before.lastIndexOf("\n") + 1;
              return [
                String(before.split("\n").length),
                String(start - lineStart + 1),
                type,
                ruleId,
                String(confidence),
                printable(value.length <= SHOWN_MAX ? value : `${value.slice(0, SHOWN_MAX)}…`),
              ];
            }),
          ),
    );
  },
};

const SHOWN_MAX = 60;

function readText(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandError("the input is not UTF-8 text");
  }
}
