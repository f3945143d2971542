import type { Calls as AnthropicCalls } from "./anthropic-calls.ts";
import type { Calls as GeminiCalls } from "./gemini-calls.ts";
import type { Calls as OllamaCalls } from "./ollama-calls.ts";
import type { Calls as OpenAiCalls } from "./openai-calls.ts";

/** The bodies of all calls of an official SDK, by its name. The interface of each is the only one that its file exports. */
export interface SdkCalls {
  readonly openai: OpenAiCalls;
  readonly anthropic: AnthropicCalls;
  readonly gemini: GeminiCalls;
  readonly ollama: OllamaCalls;
}

export type Sdk = keyof SdkCalls;

export const SDKS: readonly Sdk[] = ["openai", "anthropic", "gemini", "ollama"];
