import type { LockedServer } from "../config/mcp-lock.ts";
import { changedMembers } from "../protocols/mcp/item-digests.ts";
import { ITEM_KINDS, type ItemKind } from "../protocols/mcp/item-lists.ts";
import type { InventoriedItem, Inventory } from "./mcp-inventory.ts";

/** What has become of something since it was pinned. */
export interface PinDifference {
  readonly kind: ItemKind | "instructions";
  /** Null for instructions, of which a server has one. */
  readonly name: string | null;
  readonly change: "new" | "gone" | "changed";
  /** What the server says otherwise. */
  readonly members: readonly string[];
  /** As JSON; only where the text was kept when it was pinned. */
  readonly texts: readonly { readonly member: string; readonly before: string; readonly now: string }[];
}

/** The kinds that are pinned of a server. */
export function pinnedKinds(pinned: LockedServer): readonly ItemKind[] {
  return ITEM_KINDS.filter((kind) => pinned[kind] !== undefined);
}

/** Whatever differs, of the kinds that are pinned. */
export function compareWithPins(pinned: LockedServer, now: Inventory): readonly PinDifference[] {
  return [
    ...compareInstructions(pinned, now),
    ...pinnedKinds(pinned).flatMap((kind) => compareItems(kind, pinned, now.lists[kind] ?? [])),
  ];
}

function compareInstructions({ instructions, texts }: LockedServer, now: Inventory): readonly PinDifference[] {
  if (instructions === undefined || instructions === (now.instructions?.digest ?? null)) return [];
  const change = instructions === null ? "new" : now.instructions === null ? "gone" : "changed";
  const before = texts?.instructions;
  const kept =
    before === undefined || now.instructions === null
      ? []
      : [{ member: "instructions", before: JSON.stringify(before), now: JSON.stringify(now.instructions.text) }];
  return [{ kind: "instructions", name: null, change, members: [], texts: kept }];
}

function compareItems(
  kind: ItemKind,
  locked: LockedServer,
  listed: readonly InventoriedItem[],
): readonly PinDifference[] {
  const pinned = new Map(Object.entries(locked[kind] ?? {}));
  const texts = new Map(Object.entries(locked.texts?.[kind] ?? {}));
  const now = new Map(listed.map((item) => [item.name, item]));
  return [...new Set([...pinned.keys(), ...now.keys()])].sort().flatMap((name): PinDifference[] => {
    const before = pinned.get(name);
    const item = now.get(name);
    if (before === undefined) return [{ kind, name, change: "new", members: [], texts: [] }];
    if (item === undefined) return [{ kind, name, change: "gone", members: [], texts: [] }];
    const members = changedMembers(before, item.digests);
    if (members.length === 0) return [];
    const kept = texts.get(name);
    const shown = kept === undefined ? [] : members.map((member) => memberTexts(member, kept, item.text));
    return [{ kind, name, change: "changed", members, texts: shown }];
  });
}

function memberTexts(member: string, before: unknown, now: unknown): PinDifference["texts"][number] {
  return { member, before: memberText(before, member), now: memberText(now, member) };
}

function memberText(item: unknown, member: string): string {
  const isObject = typeof item === "object" && item !== null && Object.hasOwn(item, member);
  // A member of an object that holds it can be read.
  return isObject ? JSON.stringify((item as Record<string, unknown>)[member]) : "(nothing)";
}
