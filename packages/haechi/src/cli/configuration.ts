import { existsSync, readFileSync } from "node:fs";
import { DEFAULT_CONFIG_PATH, type LoadedConfig, loadConfig } from "../config/load.ts";
import type { Given } from "./command.ts";
import type { CliIo } from "./io.ts";
import { textOf } from "./options.ts";

export interface CommandConfiguration extends LoadedConfig {
  readonly path: string;
  /** What was read there. */
  readonly content: Buffer;
  /** False when there is no file, and none was named: the defaults apply then. */
  readonly isFromFile: boolean;
}

/**
 * The configuration that a command works under.
 * @throws HaechiError CONFIG_INVALID
 */
export function readConfiguration(given: Given, { environment }: CliIo): CommandConfiguration {
  const named = textOf(given, "config");
  const path = named ?? DEFAULT_CONFIG_PATH;
  const isFromFile = named !== undefined || existsSync(path);
  let content = Buffer.from("{}");
  const readFile = (file: string) => {
    if (file !== path) return readFileSync(file);
    if (isFromFile) content = readFileSync(file);
    return content;
  };
  return { ...loadConfig({ path, environment, readFile }), path, content, isFromFile };
}

/** The same, with a word to the person when no file was found. */
export function readConfigurationAloud(given: Given, io: CliIo): CommandConfiguration {
  const configuration = readConfiguration(given, io);
  if (!configuration.isFromFile) {
    io.stderr.write(`haechi: there is no ${configuration.path} here, so the defaults apply\n`);
  }
  return configuration;
}

/** Warnings as lines of text. */
export function warningLines({ warnings }: LoadedConfig): readonly string[] {
  return warnings.map(({ path, message }) => `${path}: ${message}`);
}
