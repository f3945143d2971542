import { anthropic } from "./anthropic/anthropic.ts";
import { azure } from "./azure/azure.ts";
import { gemini } from "./gemini/gemini.ts";
import { llamaCpp } from "./llama-cpp/llama-cpp.ts";
import { mcp } from "./mcp/mcp.ts";
import { ollama } from "./ollama/ollama.ts";
import { openAi } from "./openai/openai.ts";
import type { Protocol } from "./protocol.ts";
import { vllm } from "./vllm/vllm.ts";

/** Every protocol, once. */
export const protocols: readonly Protocol[] = [openAi, azure, vllm, llamaCpp, ollama, anthropic, gemini, mcp];

/** `llm-http` is the general type of older configurations; they mean OpenAI's API by it. */
const protocolByTargetType: ReadonlyMap<string, Protocol> = new Map([
  ["llm-http", openAi],
  ...protocols.map((protocol): [string, Protocol] => [protocol.id, protocol]),
]);

/** The protocol of a target type, or null when this build does not speak it. */
export function protocolFor(targetType: string): Protocol | null {
  return protocolByTargetType.get(targetType) ?? null;
}

/** Target types this build speaks. */
export const spokenTargetTypes: readonly string[] = [...protocolByTargetType.keys()];
