import type { Preset } from "./preset.ts";

export const llmRedact: Preset = {
  name: "llm-redact",
  summary: "Readable prompts without personal data: redact by default, mask phone numbers.",
  defaultAction: "redact",
  actions: { email: "redact", phone: "mask" },
};
