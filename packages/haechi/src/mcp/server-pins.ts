import { changedMembers, type ItemDigests, itemDigests } from "../protocols/mcp/item-digests.ts";
import { ITEM_KINDS, type ItemKind } from "../protocols/mcp/item-lists.ts";

/** What a server said of what it offers, and of itself, when somebody looked. */
export interface PinnedServer {
  /** By kind and name; a kind that is absent is not pinned. */
  readonly lists: Readonly<Partial<Record<ItemKind, ReadonlyMap<string, ItemDigests>>>>;
  /** A hash of its instructions; null where it had none, absent where they are not pinned. */
  readonly instructions?: string | null;
}

/** The same while it is held against what the server says now. */
export interface ServerPins extends PinnedServer {
  /** `report` records what has changed, and holds nothing back. */
  readonly mode: "enforce" | "report";
  /** Names of which the server says something else, as its lists have shown: a client may use them all the same. */
  readonly changed: Readonly<Record<ItemKind, Set<string>>>;
}

export type PinFault = "not_pinned" | "changed";

export function holdPins(mode: ServerPins["mode"], pinned: PinnedServer): ServerPins {
  const none = ITEM_KINDS.map((kind) => [kind, new Set<string>()] as const);
  // Every kind is among the entries.
  return { ...pinned, mode, changed: Object.fromEntries(none) as ServerPins["changed"] };
}

/** What a list says of an item, held against the pins; null where it is as it was, or is not pinned. */
export function pinFault(
  kind: ItemKind,
  name: string | null,
  bytes: Uint8Array,
  { lists }: PinnedServer,
): PinFault | null {
  const pins = lists[kind];
  if (pins === undefined) return null;
  const pinned = name === null ? undefined : pins.get(name);
  if (pinned === undefined) return "not_pinned";
  const now = itemDigests(bytes, kind);
  return now === null || changedMembers(pinned, now).length > 0 ? "changed" : null;
}

/** Why something may not be used by its name; null where it may. */
export function useFault<Kind extends "tools" | "prompts">(
  kind: Kind,
  name: string | null,
  pins: ServerPins | null,
): `${(typeof ITEM_WORDS)[Kind]}_${PinFault}` | null {
  const pinned = pins?.mode === "enforce" ? pins.lists[kind] : undefined;
  if (pinned === undefined) return null;
  if (name === null || !pinned.has(name)) return `${ITEM_WORDS[kind]}_not_pinned`;
  return pins?.changed[kind].has(name) === true ? `${ITEM_WORDS[kind]}_changed` : null;
}

/** What one item of a kind is called in the audit log and in errors. */
export const ITEM_WORDS = {
  tools: "tool",
  prompts: "prompt",
  resources: "resource",
  resourceTemplates: "resource",
} as const satisfies Record<ItemKind, string>;
