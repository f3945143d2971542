import type { McpLock } from "../config/mcp-lock.ts";
import { changedMembers } from "../protocols/mcp/tool-digests.ts";
import type { InventoriedTool } from "./mcp-inventory.ts";

/** What has become of a tool since it was pinned. */
export interface ToolDifference {
  readonly tool: string;
  readonly change: "new" | "gone" | "changed";
  /** What the server says otherwise. */
  readonly members: readonly string[];
  /** As JSON; only where the text was kept when the tool was pinned. */
  readonly texts: readonly { readonly member: string; readonly before: string; readonly now: string }[];
}

export function compareTools(
  pinned: McpLock["servers"][string],
  tools: readonly InventoriedTool[],
): readonly ToolDifference[] {
  const now = new Map(tools.map((tool) => [tool.name, tool]));
  const names = new Set([...Object.keys(pinned.tools), ...now.keys()]);
  return [...names].sort().flatMap((name): ToolDifference[] => {
    const before = Object.hasOwn(pinned.tools, name) ? pinned.tools[name] : undefined;
    const tool = now.get(name);
    if (before === undefined) return [{ tool: name, change: "new", members: [], texts: [] }];
    if (tool === undefined) return [{ tool: name, change: "gone", members: [], texts: [] }];
    const members = changedMembers(before, tool.digests);
    if (members.length === 0) return [];
    const kept = pinned.texts?.[name];
    const texts = kept === undefined ? [] : members.map((member) => memberTexts(member, kept, tool.text));
    return [{ tool: name, change: "changed", members, texts }];
  });
}

function memberTexts(member: string, before: unknown, now: unknown): ToolDifference["texts"][number] {
  return { member, before: memberText(before, member), now: memberText(now, member) };
}

function memberText(tool: unknown, member: string): string {
  const isObject = typeof tool === "object" && tool !== null && Object.hasOwn(tool, member);
  // A member of an object that holds it can be read.
  return isObject ? JSON.stringify((tool as Record<string, unknown>)[member]) : "(nothing)";
}
