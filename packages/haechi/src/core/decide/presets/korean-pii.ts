import type { Preset } from "./preset.ts";

export const koreanPii: Preset = {
  name: "korean-pii",
  summary: "Korean personal data: resident registration numbers stop the request.",
  actions: { kr_rrn: "block", phone: "mask", email: "redact" },
};
