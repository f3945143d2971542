import { hash } from "node:crypto";
import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import { type JsonDocument, KEY_LEAF } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { ROOT } from "../../core/document/member.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { valueRange } from "../../core/document/value-range.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { ItemKind } from "./item-lists.ts";

/** What a server says of a tool, a prompt or a resource: by member, a hash of its value. */
export type ItemDigests = Readonly<Record<string, string>>;

/**
 * The hashes of what a list says of an item, the same however it is spelled. Without `_meta`, which may say something else
 * each time, and icons; of a resource also without what says how its content is just now.
 * @returns null where parsers could read different things
 */
export function itemDigests(bytes: Uint8Array, kind: ItemKind): ItemDigests | null {
  try {
    const document = tokenize(bytes, { depthMax: DEPTH_MAX });
    if (hasRepeatedKeys(document)) return null;
    const members = [...membersOf(document)].filter(([name]) => !UNPINNED[kind].has(name));
    return Object.fromEntries(members.map(([name, value]) => [name, digestOf(value)]));
  } catch (error) {
    if (isHaechiError(error, "DOCUMENT_TOO_DEEP")) return null;
    throw error;
  }
}

/** SHA-256 in base64url over the canonical form of a value. */
export function digestOf(value: unknown): string {
  return hash("sha256", canonicalJson(value), "base64url");
}

/** The members in which an item differs from what was pinned. */
export function changedMembers(pinned: ItemDigests, now: ItemDigests): readonly string[] {
  const names = new Set([...Object.keys(pinned), ...Object.keys(now)]);
  return [...names].filter((name) => pinned[name] !== now[name]).sort();
}

const DEPTH_MAX = 48;
const ALWAYS_UNPINNED = ["_meta", "icons"];
const UNPINNED: Readonly<Record<ItemKind, ReadonlySet<string>>> = {
  tools: new Set(ALWAYS_UNPINNED),
  prompts: new Set(ALWAYS_UNPINNED),
  resources: new Set([...ALWAYS_UNPINNED, "size", "annotations"]),
  resourceTemplates: new Set([...ALWAYS_UNPINNED, "annotations"]),
};

function membersOf(document: JsonDocument): ReadonlyMap<string, unknown> {
  const { bytes, leaves } = document;
  const members = new Map<string, unknown>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF || leaves.container[leaf] !== ROOT) continue;
    const [start, end] = valueRange(document, leaf);
    members.set(leafText(document, leaf), JSON.parse(utf8.decode(bytes.subarray(start, end))));
  }
  return members;
}

/** True when an object has a key twice: parsers differ in which of the values they keep. */
function hasRepeatedKeys(document: JsonDocument): boolean {
  const { leaves } = document;
  const seen = new Map<number, Set<string>>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF) continue;
    const container = leaves.container[leaf]!;
    const keys = seen.get(container) ?? new Set();
    seen.set(container, keys);
    const key = leafText(document, leaf);
    if (keys.has(key)) return true;
    keys.add(key);
  }
  return false;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
