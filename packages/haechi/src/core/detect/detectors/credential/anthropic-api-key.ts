import type { Detector } from "../../detector.ts";

// Anthropic keys. They begin as OpenAI keys do; the registry names this rule first.
export const anthropicApiKey: Detector = {
  id: "anthropic-api-key",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["sk-ant-"] },
  pattern: /(?<!\w)sk-ant-[\w-]{16,250}/,
  samples: {
    finds: [
      { text: `sk-ant-api03-${"aB3d_".repeat(18)}AA`, why: "an API key" },
      { text: `sk-ant-${"9".repeat(16)}`, why: "the shortest body" },
    ],
    ignores: [
      { text: `sk-ant-${"9".repeat(15)}`, why: "too short" },
      { text: `risk-ant-${"9".repeat(16)}`, why: "a piece of a longer word" },
    ],
  },
};
