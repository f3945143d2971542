import { exampleConfigFile } from "../../config/describe/example-file.ts";
import { configGuide } from "../../config/describe/guide.ts";
import { configJsonSchema } from "../../config/describe/json-schema.ts";
import { effectivePolicy } from "../../runtime/effective-policy.ts";
import type { Command } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud, warningLines } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { reported, written } from "../result.ts";

const KINDS = ["schema", "example", "check"];

export const config: Command = {
  arguments: [],
  options: [
    { name: "check", description: "Check a configuration, its environment and its policy, and start nothing." },
    { name: "schema", description: "Write the JSON Schema of the configuration file." },
    { name: "example", description: "Write a configuration file with every default." },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "command", "configPath", "warnings"],
  exitCodes: [],
  examples: [
    { line: "haechi config", purpose: "Every key, what it may be, its default, and what it does." },
    { line: "haechi config --check --config staging.json", purpose: "All that is wrong with a file, at once." },
  ],
  async run(given, io) {
    if (KINDS.filter((name) => isGiven(given, name)).length > 1) {
      throw usageError(`config takes one of ${KINDS.map((name) => `--${name}`).join(", ")}`);
    }
    if (isGiven(given, "schema")) return written(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
    if (isGiven(given, "example")) return written(exampleConfigFile());
    if (!isGiven(given, "check")) return written(configGuide());
    const configuration = readConfigurationAloud(given, io);
    effectivePolicy(configuration.config);
    const warnings = warningLines(configuration);
    const { path } = configuration;
    return reported({ ok: true, command: "config", configPath: path, warnings }, ({ paint }) =>
      [paint.good(`${path} holds.`), ...warnings.map((line) => `${paint.warning("!")} ${line}`)].join("\n"),
    );
  },
};
