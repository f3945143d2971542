import type { Direction } from "../finding.ts";
import type { ScanTables } from "../rules/compile.ts";
import { holds } from "../rules/context-words.ts";
import type { DigitRule } from "../rules/digit-rule.ts";
import type { Rule } from "../rules/rule.ts";
import type { LiteralTable } from "../tables/literal-table.ts";
import { Anchors } from "./anchors.ts";

/** Which labelled rules find a word that they require in a name: the key of a member, the header of a column. */
export class LabelNames {
  readonly #words = new Anchors<DigitRule>();
  /** Where short names are written for the search. */
  readonly #room = new Uint8Array(NAME_ROOM);
  /** Of the bytes that are scanned. */
  readonly #judged = new Map<string, ReadonlySet<Rule>>();
  /** Names of one word as programs give them, which say nothing of the text and come in every request. */
  readonly #common: Readonly<Record<Direction, Map<string, ReadonlySet<Rule>>>> = {
    request: new Map(),
    response: new Map(),
  };

  /** Null when there are none. They count as met. */
  rulesNamedBy(name: string | null, tables: ScanTables): ReadonlySet<Rule> | null {
    if (name === null || tables.labels === null) return null;
    const judged = COMMON_NAME.test(name) ? this.#common[tables.direction] : this.#judged;
    let named = judged.get(name);
    if (named === undefined) {
      named = this.#judge(name, tables.labels(), tables);
      if (judged.size === NAMES_KEPT_MAX) judged.clear();
      judged.set(name, named);
    }
    return named.size === 0 ? null : named;
  }

  /** Forgets the names, but those that are common. */
  clear(): void {
    this.#judged.clear();
  }

  #judge(name: string, table: LiteralTable<DigitRule>, { digits, direction }: ScanTables): ReadonlySet<Rule> {
    const bytes = this.#encoded(name);
    this.#words.open(bytes, table);
    this.#words.findAll();
    const { what, count } = this.#words.literals;
    const near = Array.from(what.subarray(0, count), (needle) => table.needles.ownersOf(needle)).flat();
    this.#words.close();
    bytes.fill(0);
    // Few names hold a word.
    if (near.length === 0) return NO_RULES;
    const named = [...new Set(near)].filter(({ rule }) => rule.isOn(direction) && holds(rule.context!.requires!, name));
    digits.labelled.meet(named);
    return new Set(named.map(({ rule }) => rule));
  }

  #encoded(name: string): Uint8Array {
    if (name.length * BYTES_PER_UNIT_MAX > this.#room.length) return utf8.encode(name);
    return this.#room.subarray(0, utf8.encodeInto(name, this.#room).written);
  }
}

const COMMON_NAME = /^[a-z]{1,12}(?:_[a-z]{1,12})?$/;

const NO_RULES: ReadonlySet<Rule> = new Set();

const NAME_ROOM = 256;
const BYTES_PER_UNIT_MAX = 3;

const utf8 = new TextEncoder();

// Few keys and headers stand over the numbers of one body.
const NAMES_KEPT_MAX = 64;
