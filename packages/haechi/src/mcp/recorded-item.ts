import { hash } from "node:crypto";
import { TOOL_NAME_LENGTH_MAX, writesOut } from "../core/decide/tool-policy.ts";
import type { RecordedTool } from "../engine/vault/token-vault.ts";
import type { ItemKind } from "../protocols/mcp/item-lists.ts";
import type { MessageGuard } from "./message-guard.ts";

/**
 * A tool, a prompt or a resource as it may be recorded: its name where the operator has written or pinned it, and a hash to
 * tell it from others. Addresses of resources may say of whom they are, and are never written.
 */
export function recordedItem(
  kind: ItemKind,
  name: string | null,
  { policy, pins }: Pick<MessageGuard, "policy" | "pins">,
): RecordedTool {
  if (name === null || name.length > NAME_LENGTH_MAX[kind]) return { routeId: null, pathHash: null };
  const isWritten = kind === "tools" && writesOut(name, policy.tools);
  const isName = kind === "tools" || kind === "prompts";
  return {
    routeId: isWritten || (isName && pins?.lists[kind]?.has(name) === true) ? name : null,
    pathHash: hash("sha256", name, "hex").slice(0, HASH_HEX),
  };
}

const HASH_HEX = 12;

/** Longer ones are no names, and addresses of this length are usual in no place. */
const NAME_LENGTH_MAX: Readonly<Record<ItemKind, number>> = {
  tools: TOOL_NAME_LENGTH_MAX,
  prompts: TOOL_NAME_LENGTH_MAX,
  resources: 8_192,
  resourceTemplates: 8_192,
};
