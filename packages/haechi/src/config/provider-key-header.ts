import type { Config } from "./schema.ts";
import { type Adapter, adapterOf } from "./sections/target.ts";
import type { KeyHeader } from "./sections/target-auth.ts";

/** The header in which the upstream takes its key. */
export function providerKeyHeader({ target }: Pick<Config, "target">): KeyHeader {
  return target.auth?.header ?? USUAL[adapterOf(target)];
}

const USUAL: Readonly<Record<Adapter, KeyHeader>> = {
  "openai-compatible": "authorization",
  "azure-openai": "api-key",
  "vllm-openai": "authorization",
  ollama: "authorization",
  "llama-cpp": "authorization",
  anthropic: "x-api-key",
  gemini: "x-goog-api-key",
  mcp: "authorization",
};
