import type { Preset } from "./preset.ts";

export const localInference: Preset = {
  name: "local-inference",
  summary: "Models on your own machines: e-mail addresses become vault tokens, credentials stop the request.",
  defaultAction: "redact",
  actions: { email: "tokenize", phone: "mask", api_key: "block", secret: "block", kr_rrn: "block" },
};
