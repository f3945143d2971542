import { Anchors } from "./anchors.ts";
import type { ScanTables } from "./compile.ts";
import { holds } from "./context-words.ts";
import type { DigitRule } from "./digit-rule.ts";
import type { LiteralTable } from "./literal-table.ts";
import type { Rule } from "./rule.ts";

/** Which labelled rules find a word that they require in a name: the key of a member, the header of a column. */
export class LabelNames {
  readonly #words = new Anchors<DigitRule>();
  readonly #judged = new Map<string, ReadonlySet<Rule>>();

  /** Null when there are none. They count as met. */
  rulesNamedBy(name: string | null, tables: ScanTables): ReadonlySet<Rule> | null {
    if (name === null || tables.labels === null) return null;
    let named = this.#judged.get(name);
    if (named === undefined) {
      named = this.#judge(name, tables.labels(), tables);
      if (this.#judged.size === NAMES_KEPT_MAX) this.#judged.clear();
      this.#judged.set(name, named);
    }
    return named.size === 0 ? null : named;
  }

  /** Forgets the names. */
  clear(): void {
    this.#judged.clear();
  }

  #judge(name: string, table: LiteralTable<DigitRule>, { digits, direction }: ScanTables): Set<Rule> {
    this.#words.open(utf8.encode(name), table);
    this.#words.findAll();
    const { what, count } = this.#words.literals;
    const near = new Set(Array.from(what.subarray(0, count), (needle) => table.needles.ownersOf(needle)).flat());
    const named = [...near].filter(({ rule }) => rule.isOn(direction) && holds(rule.context!.requires!, name));
    this.#words.close();
    digits.labelled.meet(named);
    return new Set(named.map(({ rule }) => rule));
  }
}

const utf8 = new TextEncoder();

// Few keys and headers stand over the numbers of one body.
const NAMES_KEPT_MAX = 64;
