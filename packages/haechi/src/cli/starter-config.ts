import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { checkConfig } from "../config/parse.ts";
import { atomicWrite } from "../providers/storage/atomic-write.ts";
import { makeFolder } from "../providers/storage/make-folder.ts";
import { usageError } from "./command-error.ts";

export interface StarterSettings {
  readonly mode: string;
  readonly upstream: string;
}

/** Where the schema that the configuration names for editors is put. */
const SCHEMA_PATH = ".haechi/config.schema.json";

/**
 * Writes a configuration to start with, 0600. A file that is there is left alone,
 * unless `replaces` is set: it is then kept beside the new one.
 */
export async function writeStarterConfig(
  path: string,
  settings: StarterSettings,
  replaces: boolean,
): Promise<{ readonly created: boolean; readonly backup: string | null }> {
  const isThere = existsSync(path);
  if (isThere && !replaces) return { created: false, backup: null };
  const text = starterText(path, settings);
  const backup = isThere ? `${path}.bak` : null;
  if (backup === null) {
    makeFolder(dirname(path), 0o777);
    // Fails when another process has written it in the meantime.
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
  } else {
    copyFileSync(path, backup);
    atomicWrite(path, text);
  }
  // Loaded only here: rendering the schema needs more of zod than checking does.
  const { configJsonSchema } = await import("../config/describe/json-schema.ts");
  atomicWrite(SCHEMA_PATH, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return { created: true, backup };
}

function starterText(path: string, { mode, upstream }: StarterSettings): string {
  const schema = relative(dirname(path), SCHEMA_PATH).split(sep).join("/");
  const content = {
    $schema: schema.startsWith("../") ? schema : `./${schema}`,
    configVersion: 1,
    mode,
    target: { type: "llm-http", upstream },
  };
  const { problems } = checkConfig(content);
  if (problems[0] !== undefined) throw usageError(`--${problems[0].path.split(".").at(-1)}: ${problems[0].message}`);
  return `${JSON.stringify(content, null, 2)}\n`;
}
