import { readFileSync } from "node:fs";
import { HaechiError } from "../core/errors.ts";
import { type Environment, overlayEnvironment } from "./environment.ts";
import { findJsonFault } from "./json-syntax.ts";
import { checkConfig } from "./parse.ts";
import { type ConfigProblem, configInvalid, isRecord, type RawConfig } from "./problem.ts";
import type { Config } from "./schema.ts";
import { loadTlsMaterial, type ReadFile } from "./tls-material.ts";
import { type ConfigWarning, configWarnings } from "./warnings.ts";

/** Where the configuration is looked for, in the working directory. */
export const DEFAULT_CONFIG_PATH = "haechi.config.json";

export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly ConfigWarning[];
}

/**
 * The configuration of a file with the environment laid over it. The files behind
 * `proxy.tls` have been found usable; their bytes are not kept.
 * @throws HaechiError CONFIG_INVALID with all problems at once
 */
export function loadConfig({
  path = DEFAULT_CONFIG_PATH,
  environment,
  readFile = readFileSync,
}: {
  readonly path?: string | undefined;
  readonly environment: Environment;
  readonly readFile?: ReadFile | undefined;
}): LoadedConfig {
  const { raw, variables } = overlayEnvironment(readConfigFile(path, readFile), environment);
  const { config, problems } = checkConfig(raw);
  if (config === null) throw configInvalid(path, problems.map(nameVariable(variables)));
  if (config.proxy.tls !== null) loadTlsMaterial(config.proxy.tls, readFile);
  return { config, warnings: configWarnings(config) };
}

function readConfigFile(path: string, readFile: ReadFile): RawConfig {
  const text = readText(path, readFile);
  const fault = findJsonFault(text);
  if (fault !== null) {
    throw new HaechiError(
      "CONFIG_INVALID",
      `${path} is not valid JSON: line ${fault.line}, column ${fault.column}: expected ${fault.expected}`,
    );
  }
  const raw: unknown = JSON.parse(text);
  if (isRecord(raw)) return raw;
  throw configInvalid(path, [{ path: "", message: "expected an object" }]);
}

function readText(path: string, readFile: ReadFile): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFile(path));
  } catch (error) {
    throw new HaechiError("CONFIG_INVALID", `${path} ${readFailure(error)}`, { cause: error });
  }
}

function readFailure(error: unknown): string {
  if (error instanceof TypeError) return "is not valid UTF-8";
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EISDIR") return `is a folder; name the file in it, such as ${DEFAULT_CONFIG_PATH}`;
  return code === "ENOENT" ? "does not exist; `haechi init` writes one" : "cannot be read";
}

/** A problem of a value that a variable has set is told by the name of the variable. */
function nameVariable(variables: ReadonlyMap<string, string>) {
  return ({ path, message }: ConfigProblem): ConfigProblem => {
    const variable = variables.get(path);
    return variable === undefined ? { path, message } : { path: variable, message: `${message} (${path})` };
  };
}
