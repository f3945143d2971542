import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";
import { contentBlock } from "./content-block.ts";

/** What stands beside text in a request for a message. */
export const messageRequest: readonly FieldRule[] = [
  ...fieldsUnder("messages.*.content.*", contentBlock),
  // Credentials that the client hands to the provider on purpose.
  ...fieldsWith("opaque", [
    "mcp_servers.*.authorization_token",
    "fallback_credit_token",
    "fallback_credit_token.token",
  ]),
  // Claude Code writes JSON into it: ids of the device, the account and the session.
  ...fieldsWith("json", ["metadata.user_id"]),
  ...fieldsWith("identifier", [
    "model",
    "messages.*.role",
    "system.*.type",
    "system.*.cache_control.type",
    "system.*.cache_control.ttl",
    "tools.*.type",
    "tools.*.model",
    "tools.*.cache_control.type",
    "tools.*.cache_control.ttl",
    "tools.*.allowed_callers.*",
    "tool_choice.type",
    "thinking.type",
    "thinking.display",
    "service_tier",
    "speed",
    "inference_geo",
    "container",
    "container.id",
    "container.skills.*.type",
    "container.skills.*.skill_id",
    "cache_control.type",
    "cache_control.ttl",
    "mcp_servers.*.type",
    "output_config.effort",
    "output_config.format.type",
    "output_format.type",
    "compaction.type",
    "context_management.edits.*.type",
    "context_management.edits.*.trigger.type",
    "context_management.edits.*.keep.type",
    "fallbacks.*.model",
  ]),
];
