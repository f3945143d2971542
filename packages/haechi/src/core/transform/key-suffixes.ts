import { type JsonDocument, KEY_LEAF } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import { EDITS_PER_STEP, type Steps } from "../document/splice.ts";

/**
 * What to append to renamed keys so that no two keys of an object become equal by
 * it: nothing where the new name is free, else `#2`, `#3`, ….
 * @param renamed key leaf to its new name, in document order
 */
export function* keySuffixSteps(
  document: JsonDocument,
  renamed: ReadonlyMap<number, string>,
): Steps<ReadonlyMap<number, string>> {
  const suffixes = new Map<number, string>();
  const taken = namesThatStay(document, renamed);
  for (const [leaf, name] of renamed) {
    const names = taken.get(document.leaves.container[leaf]!)!;
    suffixes.set(leaf, names.take(name).slice(name.length));
    if (suffixes.size % EDITS_PER_STEP === 0) yield;
  }
  return suffixes;
}

class TakenNames {
  readonly #names = new Set<string>();
  // Where the search for a free number goes on: without it, an object of equal
  // names would cost the square of their count.
  readonly #nextNumber = new Map<string, number>();

  add(name: string): void {
    this.#names.add(name);
  }

  /** The name, or its first numbered form that is free; taken from now on. */
  take(name: string): string {
    let free = name;
    if (this.#names.has(name)) {
      let number = this.#nextNumber.get(name) ?? 2;
      while (this.#names.has(`${name}#${number}`)) number++;
      this.#nextNumber.set(name, number + 1);
      free = `${name}#${number}`;
    }
    this.#names.add(free);
    return free;
  }
}

/** For each object with a renamed key: the names of its other keys. */
function namesThatStay(document: JsonDocument, renamed: ReadonlyMap<number, string>): ReadonlyMap<number, TakenNames> {
  const { leaves } = document;
  const taken = new Map<number, TakenNames>();
  for (const leaf of renamed.keys()) taken.set(leaves.container[leaf]!, new TakenNames());
  if (taken.size === 0) return taken;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF || renamed.has(leaf)) continue;
    taken.get(leaves.container[leaf]!)?.add(leafText(document, leaf));
  }
  return taken;
}
