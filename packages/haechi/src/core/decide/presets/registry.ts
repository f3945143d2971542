import { koreanPii } from "./korean-pii.ts";
import { llmRedact } from "./llm-redact.ts";
import { localInference } from "./local-inference.ts";
import { localOnly } from "./local-only.ts";
import { mcpBasic } from "./mcp-basic.ts";
import type { Preset } from "./preset.ts";
import { secretsOnly } from "./secrets-only.ts";
import { strictBlock } from "./strict-block.ts";

/** Every preset, by name. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map(
  [koreanPii, secretsOnly, llmRedact, strictBlock, mcpBasic, localInference, localOnly].map((preset) => [
    preset.name,
    preset,
  ]),
);
