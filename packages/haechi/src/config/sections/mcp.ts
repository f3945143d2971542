import { key, section } from "../key.ts";
import { flag, nonEmptyListOf, text } from "../value-kinds.ts";

export const mcp = section("Filtering of MCP over stdio.", {
  allowedMethods: key(
    "Methods that a client may call; a list in the file replaces this one. `*` allows all.",
    nonEmptyListOf(text),
    [
      "initialize",
      "notifications/initialized",
      "notifications/cancelled",
      "notifications/progress",
      "notifications/roots/list_changed",
      "ping",
      "tools/list",
      "tools/call",
      "resources/list",
      "resources/templates/list",
      "resources/read",
      "resources/subscribe",
      "resources/unsubscribe",
      "prompts/list",
      "prompts/get",
      "completion/complete",
      "logging/setLevel",
    ],
  ),
  protectParams: key("Inspect the parameters of requests.", flag, true),
  protectResults: key("Inspect results.", flag, true),
  requireJsonRpc: key("Refuse messages that do not say `jsonrpc: 2.0`.", flag, true),
});
