import { type JsonDocument, KEY_LEAF } from "../../core/document/json-document.ts";
import { valueRange } from "../../core/document/value-range.ts";
import { type Sequence, withoutItems } from "./item-lists.ts";

interface Members extends Sequence {
  readonly items: readonly (Sequence["items"][number] & { readonly key: number })[];
}

/** The members of the object that a key names. */
export function memberRanges(document: JsonDocument, container: number, objectKey: number): Members {
  const { leaves } = document;
  const items: Members["items"][number][] = [];
  for (let key = 0; key < leaves.count; key++) {
    if (leaves.kind[key] !== KEY_LEAF || leaves.container[key] !== container) continue;
    const [, end] = valueRange(document, key);
    items.push({ key, range: { start: leaves.start[key]! - 1, end } });
  }
  const [start, end] = valueRange(document, objectKey);
  return { items, range: { start, end } };
}

/** The bytes of a document without some of these members; all else stays as it is written. */
export function withoutMembers({ bytes }: JsonDocument, members: Members, keys: readonly number[]): Uint8Array {
  const withheld = members.items.map(({ key }) => keys.includes(key));
  return withoutItems(bytes, members, withheld);
}
