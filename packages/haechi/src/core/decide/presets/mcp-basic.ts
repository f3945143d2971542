import type { Preset } from "./preset.ts";

export const mcpBasic: Preset = {
  name: "mcp-basic",
  summary: "Tool traffic: credentials and resident registration numbers stop the message, the rest is redacted.",
  defaultAction: "redact",
  actions: { api_key: "block", secret: "block", kr_rrn: "block" },
};
