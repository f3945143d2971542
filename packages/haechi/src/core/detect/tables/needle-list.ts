import { isPlain, type Needle, needlesFor } from "./needles.ts";

/** Distinct needles, each with the owners to whom it is told, by their numbers. */
export class NeedleList {
  /** By needle: its bytes, as one character each. */
  readonly texts: string[] = [];
  /** By needle: what else is to be known of it, see `kindOf`. */
  readonly kinds: number[] = [];
  readonly owners: number[][] = [];
  readonly #byKind = new Map<number, Map<string, number>>();
  #lastKind = -1;
  #ofLastKind = new Map<string, number>();

  get count(): number {
    return this.texts.length;
  }

  /** Adds the needles of which one stands wherever the literal does. */
  addLiteral(owner: number, literal: string, ignoreCase: boolean): void {
    if (isPlain(literal)) this.add(owner, ignoreCase ? literal.toLowerCase() : literal, ignoreCase ? IGNORE_CASE : 0);
    else for (const needle of needlesFor(literal, ignoreCase)) this.addNeedle(owner, needle);
  }

  addNeedle(owner: number, needle: Needle): void {
    this.add(owner, needle.text, kindOf(needle));
  }

  add(owner: number, text: string, kind: number): void {
    const indexes = this.#indexesOf(kind);
    const known = indexes.get(text);
    if (known === undefined) {
      indexes.set(text, this.texts.length);
      this.texts.push(text);
      this.kinds.push(kind);
      this.owners.push([owner]);
    } else {
      const owners = this.owners[known]!;
      if (owners[owners.length - 1] !== owner) owners.push(owner);
    }
  }

  /** The index of a needle; -1 when there is none like it. */
  indexOf(text: string, kind: number): number {
    return this.#indexesOf(kind).get(text) ?? -1;
  }

  #indexesOf(kind: number): Map<string, number> {
    if (kind === this.#lastKind) return this.#ofLastKind;
    let indexes = this.#byKind.get(kind);
    if (indexes === undefined) {
      indexes = new Map();
      this.#byKind.set(kind, indexes);
    }
    this.#lastKind = kind;
    this.#ofLastKind = indexes;
    return indexes;
  }
}

// A kind is the lead of a needle and a bit for each of its other members.
export const CLOSES_WORD = 1;
export const OPENS_WORD = 2;
export const IGNORE_CASE = 4;
const LEAD_SHIFT = 3;

function kindOf({ ignoreCase, lead, opensWord, closesWord }: Needle): number {
  return (
    (lead << LEAD_SHIFT) |
    (ignoreCase ? IGNORE_CASE : 0) |
    (opensWord ? OPENS_WORD : 0) |
    (closesWord ? CLOSES_WORD : 0)
  );
}

export function leadOfKind(kind: number): number {
  return kind >> LEAD_SHIFT;
}
