import type { EntityType } from "../../src/core/detect/entity-type.ts";
import { benign, type LabelledCase, placed } from "./labelled-case.ts";
import { pick, type Random, seededBy, some } from "./random-text.ts";
import { CONTAINERS, inContainer, LABELLED, NEUTRAL, NUMBER_LABELLED, SPOKEN_LABELLED } from "./surroundings.ts";

/** One kind of number: how it is made, printed and spoken of. */
export interface Family {
  readonly type: EntityType;
  /** The country and the short name of the number. */
  readonly name: string;
  readonly make: (random: Random) => string;
  /**
   * Printed forms that say what they are. `#` takes the next character of the value,
   * `~` the next one as a small letter, anything else is printed; empty: the value as it is made.
   */
  readonly strong?: readonly string[];
  /** Printed forms that need a word near them. */
  readonly weak?: readonly string[];
  /** What people write before it. */
  readonly labels: readonly string[];
  /** Names of members, columns and variables, in snake case. */
  readonly keys: readonly string[];
  /** Sentences that name it; `{}` is the value. */
  readonly sentences?: readonly string[];
  /** Types that a finding may have besides, wherever it lies. */
  readonly also?: readonly EntityType[];
  /** What a value with a wrong check character looks like; the last digit is changed when absent, and null says that there is none. */
  readonly spoil?: ((value: string) => string) | null;
  /** Makes all its cases be of this tier. */
  readonly tier?: LabelledCase["tier"];
  /** Letters around it do not make it something else. */
  readonly withinWords?: boolean;
  /** One of many alike: a few cases do. */
  readonly scarce?: boolean;
}

/** What is no number. */
const WORDY: ReadonlySet<EntityType> = new Set(["person_name", "address", "date_of_birth", "coordinates"]);

/** The cases of one family: every form in sentences, containers, with labels and, when it is strong, alone. */
export function familyCases(family: Family): LabelledCase[] {
  const { name, type, strong = [], weak = [], labels, sentences = [], also = [], tier = "core" } = family;
  const random = seededBy(name);
  const cases: LabelledCase[] = [];
  const add = (form: string, surrounding: string, wanted: LabelledCase["tier"], kind: string) =>
    cases.push(
      placed(type, printed(family.make(random), form), surrounding, {
        also,
        tier: wanted,
        group: `${name} ${form === "" ? "as made" : form}, ${kind}`,
      }),
    );
  const perForm = family.scarce === true ? 1 : Math.max(2, Math.ceil(8 / (strong.length + weak.length)));
  for (const form of [...strong, ...weak]) {
    for (const sentence of sentences) add(form, sentence, tier, "sentence");
    const labelled = [
      ...some(random, WORDY.has(type) ? LABELLED : NUMBER_LABELLED, 2 * perForm),
      ...some(random, WORDY.has(type) ? [] : SPOKEN_LABELLED, 2 * perForm),
    ];
    for (const surrounding of labelled) add(form, surrounding.replace("{label}", pick(random, labels)), tier, "label");
    for (const container of some(random, CONTAINERS, 3 * perForm))
      add(form, inContainer(container, pick(random, family.keys)), tier, container.name);
  }
  for (const form of [...strong, ...weak]) {
    // A number of JSON has no leading zero, and a double holds 15 digits for sure.
    const [value, key] = [printed(family.make(random), form), pick(random, family.keys)];
    if (/^[1-9]\d{7,14}$/.test(value))
      cases.push(
        placed(type, value, `{"id":17,"${key}":{},"n":1}`, { also, tier, group: `${name} ${form}, JSON number` }),
      );
  }
  for (const form of strong)
    for (const neutral of some(random, NEUTRAL, 2 * perForm)) add(form, neutral, tier, "nothing around");
  for (const form of weak) for (const neutral of some(random, NEUTRAL, 1)) add(form, neutral, "bare", "nothing around");
  return [...cases, ...nearMisses(family, random)];
}

/** The value in a printed form. */
export function printed(value: string, form: string): string {
  if (form === "") return value;
  let at = 0;
  return form.replace(/[#~]/g, (sign) => {
    const next = value[at++] ?? "";
    return sign === "~" ? next.toLowerCase() : next;
  });
}

/** What looks like a value of the family and is none: a wrong check digit, a part of something longer. */
function nearMisses(family: Family, random: Random): LabelledCase[] {
  const { name, strong = [], weak = [], also = [], spoil = changeLastDigit } = family;
  const cases: LabelledCase[] = [];
  const add = (text: string, kind: string) => cases.push(benign(text, `${name}, ${kind}`, { also }));
  const forms = [...strong, ...weak];
  const form = () => pick(random, forms);
  const value = () => printed(family.make(random), form());
  if (spoil !== null) {
    for (let n = 0; n < 6; n++)
      add(
        pick(random, NEUTRAL).replace("{}", () => printed(spoil(family.make(random)), form())),
        "wrong check character",
      );
  }
  if (family.withinWords === true) return cases;
  // A word character on both sides: no number of any register is printed so.
  for (const within of some(random, PARTS_OF_LONGER, family.scarce === true ? 1 : 4))
    add(within.replace("{}", value), "part of something longer");
  return cases;
}

const PARTS_OF_LONGER = [
  "rev 9f3c{}a41bd0",
  "https://cdn.example.net/assets/x{}k/app.js",
  "const id_{}_v = 1;",
  "build-7e{}f2a-linux",
] as const;

/** Another last digit: every register's check digit notices that. */
export function changeLastDigit(value: string): string {
  return value.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 3) % 10));
}
