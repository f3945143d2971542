import { type JsonDocument, KEY_LEAF, OBJECT_CONTAINER } from "../../core/document/json-document.ts";
import { isNamed, mayBeTakenFor, memberKeys, ROOT, valueUnder } from "../../core/document/member.ts";
import { type Splice, splice } from "../../core/document/splice.ts";
import { valueRange } from "../../core/document/value-range.ts";
import { type ElementRange, elementRanges } from "../framing/json-rpc-batch.ts";
import { containerUnder, onlyContainer } from "./only-members.ts";

// Parsers differ in which of two members they keep, and some take a name in any letters. Wherever that could
// make one item of another, the answer here is that it cannot be told.

/** What a server lists, by the member of the result that has the list. */
export type ItemKind = "tools" | "prompts" | "resources" | "resourceTemplates";

/** The method that asks for each list, and the member by which an item is told from others. */
export const ITEM_LISTS: Readonly<Record<ItemKind, { readonly method: string; readonly named: string }>> = {
  tools: { method: "tools/list", named: "name" },
  prompts: { method: "prompts/list", named: "name" },
  resources: { method: "resources/list", named: "uri" },
  resourceTemplates: { method: "resources/templates/list", named: "uriTemplate" },
};

export const ITEM_KINDS: readonly ItemKind[] = ["tools", "prompts", "resources", "resourceTemplates"];

/** A list of items in an answer. */
export interface ItemList {
  readonly kind: ItemKind;
  readonly items: readonly ListedItem[];
  /** The bytes of the list. */
  readonly range: ElementRange;
}

export interface ListedItem {
  /** Null where it cannot be told. */
  readonly name: string | null;
  readonly range: ElementRange;
}

/** The list of a kind that an answer brings; null where there is none, `unclear` where parsers may see different ones. */
export function listedItems(document: JsonDocument, kind: ItemKind): ItemList | "unclear" | null {
  const result = onlyContainer(document, ROOT, "result");
  if (result === null) return null;
  const keys = memberKeys(document, result, kind);
  if (keys.length === 0) return null;
  const list = containerUnder(document, keys[0]!);
  const [start, end] = valueRange(document, keys[0]!);
  const isList = keys.length === 1 && isNamed(document, keys[0]!, kind) && document.bytes[start] === OPEN_BRACKET;
  if (!isList) return "unclear";
  const names = list === null ? [] : elementNames(document, list, ITEM_LISTS[kind].named);
  const ranges = elementRanges(document.bytes.subarray(start, end));
  const items = ranges.map(
    (range, index): ListedItem => ({
      name: names[index] ?? null,
      range: { start: range.start + start, end: range.end + start },
    }),
  );
  return { kind, items, range: { start, end } };
}

/** What stands between two brackets, with commas between: the elements of an array, or the members of an object. */
export interface Sequence {
  readonly items: readonly { readonly range: ElementRange }[];
  /** With the brackets. */
  readonly range: ElementRange;
}

/** The bytes of an answer that lacks some of the items of a list; all else stays as it is written. */
export function withoutItems(bytes: Uint8Array, { items, range }: Sequence, withheld: readonly boolean[]): Uint8Array {
  const kept = items.filter((_, index) => withheld[index] !== true);
  if (kept.length === items.length) return bytes;
  if (kept.length === 0) return splice(bytes, [{ start: range.start + 1, end: range.end - 1, text: "" }]);
  const splices: Splice[] = [];
  let keptEnd: number | null = null;
  for (const [index, item] of items.entries()) {
    if (withheld[index] !== true) {
      // What stands before the first one that stays goes up to it.
      if (keptEnd === null && index > 0) {
        splices.push({ start: items[0]!.range.start, end: item.range.start, text: "" });
      }
      keptEnd = item.range.end;
      continue;
    }
    if (keptEnd === null) continue;
    const before = splices.at(-1);
    // One that follows another takes up where that ended.
    if (before !== undefined && before.end > keptEnd) splices.pop();
    splices.push({ start: keptEnd, end: item.range.end, text: "" });
  }
  return splice(bytes, splices);
}

/** By index of the element: the string that names it; none where it has no such member, or more than one. */
function elementNames(document: JsonDocument, list: number, named: string): readonly (string | null)[] {
  const { containers, leaves } = document;
  const elementOf = new Map<number, number>();
  for (let row = list + 1; row < containers.count; row++) {
    if (containers.parent[row] === list && containers.kind[row] === OBJECT_CONTAINER) {
      elementOf.set(row, containers.slot[row]!);
    }
  }
  const keys = new Map<number, number[]>();
  const folded = named.toLowerCase();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const element = leaves.kind[leaf] === KEY_LEAF ? elementOf.get(leaves.container[leaf]!) : undefined;
    if (element === undefined || !mayBeTakenFor(folded, document, leaf)) continue;
    keys.set(element, [...(keys.get(element) ?? []), leaf]);
  }
  const names: (string | null)[] = [];
  for (const [element, [key, ...others]] of keys) {
    const value = others.length === 0 && isNamed(document, key!, named) ? valueUnder(document, key!) : null;
    names[element] = value?.kind === "string" ? value.text : null;
  }
  return names;
}

const OPEN_BRACKET = 0x5b;
