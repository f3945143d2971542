import { changedMembers, type ToolDigests, toolDigests } from "../protocols/mcp/tool-digests.ts";

/** The tools of a server as they were when somebody looked at them. */
export interface ToolPins {
  /** `report` records what has changed, and holds nothing back. */
  readonly mode: "enforce" | "report";
  readonly tools: ReadonlyMap<string, ToolDigests>;
}

export type PinFault = "tool_not_pinned" | "tool_changed";

/** What a list says of a tool, held against the pins; null where it is as it was. */
export function pinFault(name: string | null, bytes: Uint8Array, { tools }: ToolPins): PinFault | null {
  const pinned = name === null ? undefined : tools.get(name);
  if (pinned === undefined) return "tool_not_pinned";
  const now = toolDigests(bytes);
  return now === null || changedMembers(pinned, now).length > 0 ? "tool_changed" : null;
}
