import { defaultConfig } from "../parse.ts";

/** A configuration file that says what applies without one. */
export function exampleConfigFile(): string {
  return `${JSON.stringify({ $schema: "./specs/schemas/config.schema.json", ...defaultConfig() }, null, 2)}\n`;
}
