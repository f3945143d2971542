import { anthropic } from "./anthropic/anthropic.ts";
import { gemini } from "./gemini/gemini.ts";
import { openAi } from "./openai/openai.ts";
import type { Protocol } from "./protocol.ts";

const protocolByTargetType: Readonly<Record<string, Protocol>> = {
  "llm-http": openAi,
  "openai-compatible": openAi,
  anthropic,
  gemini,
};

/** The protocol of a target type, or null when this build does not speak it. */
export function protocolFor(targetType: string): Protocol | null {
  return Object.hasOwn(protocolByTargetType, targetType) ? protocolByTargetType[targetType]! : null;
}

/** Target types this build speaks. */
export const spokenTargetTypes: readonly string[] = Object.keys(protocolByTargetType);
