import { hash } from "node:crypto";
import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import { type JsonDocument, KEY_LEAF } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { ROOT } from "../../core/document/member.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { valueRange } from "../../core/document/value-range.ts";
import { isHaechiError } from "../../core/errors.ts";

/** What a server says of a tool: by member, a hash of its value. */
export type ToolDigests = Readonly<Record<string, string>>;

/**
 * The hashes of what a list says of a tool, the same however it is spelled: SHA-256 in base64url over the canonical form of
 * each member. Without `_meta`, which may say something else each time, and icons.
 * @returns null where parsers could read different things
 */
export function toolDigests(bytes: Uint8Array): ToolDigests | null {
  try {
    const document = tokenize(bytes, { depthMax: DEPTH_MAX });
    if (hasRepeatedKeys(document)) return null;
    return Object.fromEntries(
      [...membersOf(document)].map(([name, value]) => [name, hash("sha256", canonicalJson(value), "base64url")]),
    );
  } catch (error) {
    if (isHaechiError(error, "DOCUMENT_TOO_DEEP")) return null;
    throw error;
  }
}

/** The members in which a tool differs from what was pinned. */
export function changedMembers(pinned: ToolDigests, now: ToolDigests): readonly string[] {
  const names = new Set([...Object.keys(pinned), ...Object.keys(now)]);
  return [...names].filter((name) => pinned[name] !== now[name]).sort();
}

const DEPTH_MAX = 48;
const UNPINNED: ReadonlySet<string> = new Set(["_meta", "icons"]);

function membersOf(document: JsonDocument): ReadonlyMap<string, unknown> {
  const { bytes, leaves } = document;
  const members = new Map<string, unknown>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF || leaves.container[leaf] !== ROOT) continue;
    const name = leafText(document, leaf);
    if (UNPINNED.has(name)) continue;
    const [start, end] = valueRange(document, leaf);
    members.set(name, JSON.parse(utf8.decode(bytes.subarray(start, end))));
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
