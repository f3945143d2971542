import type { Preset } from "./preset.ts";

export const secretsOnly: Preset = {
  name: "secrets-only",
  summary: "Credentials stop the request.",
  actions: { api_key: "block", secret: "block" },
};
