import type { JsonDocument } from "../../core/document/json-document.ts";
import { isNamed, type MemberValue, memberKeys, ROOT, valueUnder } from "../../core/document/member.ts";

// Parsers differ in which of two members they keep, and some take a name in any letters. Here such a member is none.

/** The string under names that lead from the root; null where there is none, or it could be another one. */
export function stringAt(document: JsonDocument, names: readonly string[]): string | null {
  const value = valueAt(document, names);
  return value?.kind === "string" ? value.text : null;
}

/** The same for a value of any kind. */
export function valueAt(document: JsonDocument, names: readonly string[]): MemberValue | null {
  let container = ROOT;
  for (const name of names.slice(0, -1)) {
    const next = onlyContainer(document, container, name);
    if (next === null) return null;
    container = next;
  }
  const key = onlyKey(document, container, names.at(-1)!);
  return key === null ? null : valueUnder(document, key);
}

function onlyKey(document: JsonDocument, container: number, name: string): number | null {
  const [key, ...others] = memberKeys(document, container, name);
  return key !== undefined && others.length === 0 && isNamed(document, key, name) ? key : null;
}

/** The object or array under such a name. */
export function onlyContainer(document: JsonDocument, container: number, name: string): number | null {
  const key = onlyKey(document, container, name);
  return key === null ? null : containerUnder(document, key);
}

/** The object or array that a key names; null where something else stands there. */
export function containerUnder({ containers, leaves }: JsonDocument, key: number): number | null {
  const parent = leaves.container[key]!;
  for (let row = parent + 1; row < containers.count; row++) {
    if (containers.parent[row] === parent && containers.slot[row] === key) return row;
  }
  return null;
}
