/** A method that a revision of MCP defines. */
export interface McpMethod {
  readonly name: string;
  /** Who may send it. */
  readonly from: readonly McpSide[];
}

export type McpSide = "client" | "server";

const CLIENT: readonly McpSide[] = ["client"];
const SERVER: readonly McpSide[] = ["server"];
const EITHER: readonly McpSide[] = ["client", "server"];

function methods(from: readonly McpSide[], names: readonly string[]): readonly McpMethod[] {
  return names.map((name) => ({ name, from }));
}

/**
 * Revision 2025-11-25 (schema/2025-11-25/schema.ts of the specification). All methods of the
 * revisions before it, back to 2024-11-05, are among them.
 */
const METHODS_2025_11_25: readonly McpMethod[] = [
  ...methods(CLIENT, [
    "initialize",
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
    "notifications/initialized",
    "notifications/roots/list_changed",
  ]),
  ...methods(EITHER, [
    "ping",
    "tasks/list",
    "tasks/get",
    "tasks/result",
    "tasks/cancel",
    "notifications/cancelled",
    "notifications/progress",
    "notifications/tasks/status",
  ]),
  ...methods(SERVER, [
    "sampling/createMessage",
    "elicitation/create",
    "roots/list",
    "notifications/message",
    "notifications/resources/updated",
    "notifications/resources/list_changed",
    "notifications/tools/list_changed",
    "notifications/prompts/list_changed",
    "notifications/elicitation/complete",
  ]),
];

/**
 * Revision 2026-07-28, with the extension for tasks: no handshake, and what a server needs of its
 * client comes in a result instead of a request.
 */
const METHODS_2026_07_28: readonly McpMethod[] = [
  ...methods(CLIENT, [
    "server/discover",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "prompts/list",
    "prompts/get",
    "completion/complete",
    "subscriptions/listen",
    "tasks/get",
    "tasks/update",
    "tasks/cancel",
  ]),
  ...methods(EITHER, ["notifications/cancelled"]),
  ...methods(SERVER, [
    "notifications/progress",
    "notifications/message",
    "notifications/resources/updated",
    "notifications/resources/list_changed",
    "notifications/tools/list_changed",
    "notifications/prompts/list_changed",
    "notifications/subscriptions/acknowledged",
    "notifications/tasks",
  ]),
];

const ALL = [...METHODS_2025_11_25, ...METHODS_2026_07_28];

/** Every method that a revision defines: names that may be written into the audit log. */
export const KNOWN_METHODS: ReadonlySet<string> = new Set(ALL.map(({ name }) => name));

/** What a client of any revision sends. Which one is spoken is for the two sides to settle. */
export const CLIENT_METHODS: ReadonlySet<string> = new Set(
  ALL.filter(({ from }) => from.includes("client")).map(({ name }) => name),
);
