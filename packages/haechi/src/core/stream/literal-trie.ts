/** A literal, and who is told where it stands. */
export interface TrieLiteral<Owner> {
  readonly literal: string;
  readonly ignoreCase: boolean;
  readonly owner: Owner;
}

/**
 * Says which of any number of literals begin at a place of a text that may go on. A
 * branch is divided when a text first reads on in it, so that most never are.
 */
export class LiteralTrie<Owner> {
  /** Owners of the literals that stand at the last place read, each perhaps several times. */
  readonly found: Owner[] = [];
  /** True when the text ended there within a literal. */
  isOpen = false;
  readonly #root: Branch<Owner>;

  constructor(literals: readonly TrieLiteral<Owner>[]) {
    this.#root = { literals, branches: null, ends: [] };
  }

  /** Reads from the index and sets `found` and `isOpen`. */
  read(text: string, index: number): void {
    if (this.found.length > 0) this.found.length = 0;
    let branch = this.#root;
    for (let at = index; ; at++) {
      branch.branches ??= divided(branch, at - index);
      for (const { literal, ignoreCase, owner } of branch.ends) {
        if (ignoreCase || text.startsWith(literal, index)) this.found.push(owner);
      }
      if (at === text.length) {
        this.isOpen = branch.branches.size > 0;
        return;
      }
      const next = branch.branches.get(folded(text.charCodeAt(at)));
      if (next === undefined) {
        this.isOpen = false;
        return;
      }
      branch = next;
    }
  }
}

interface Branch<Owner> {
  /** The literals that begin with what leads to it; those as long as that are `ends` once it is divided. */
  readonly literals: readonly TrieLiteral<Owner>[];
  branches: Map<number, Branch<Owner>> | null;
  readonly ends: TrieLiteral<Owner>[];
}

/** The branches by the next character, cases together. */
function divided<Owner>({ literals, ends }: Branch<Owner>, depth: number): Map<number, Branch<Owner>> {
  const branches = new Map<number, Branch<Owner> & { readonly literals: TrieLiteral<Owner>[] }>();
  for (const one of literals) {
    if (one.literal.length === depth) {
      ends.push(one);
      continue;
    }
    const unit = folded(one.literal.charCodeAt(depth));
    const branch = branches.get(unit);
    if (branch === undefined) branches.set(unit, { literals: [one], branches: null, ends: [] });
    else branch.literals.push(one);
  }
  return branches;
}

/** The same for all units that a pattern with the flag `i` takes for each other. */
function folded(unit: number): number {
  if (unit < 0x80) return unit >= UPPER_A && unit <= UPPER_Z ? unit | CASE_BIT : unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  const lower = (upper.length === 1 ? upper : String.fromCharCode(unit)).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const CASE_BIT = 0x20;
