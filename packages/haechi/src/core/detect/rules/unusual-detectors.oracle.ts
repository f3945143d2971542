import type { Anchor, Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";

const TABLES = [
  "id,cell\n1,2024\n2024,7\n",
  "name\tcell\nx\t4111\ny, z\t4111\n",
  "| 電話 | x |\n|---|---|\n| 4111 | 4111 |\n",
  '"a, b";cell;ID\n"c;d";4111;4111\n',
];

/** Rules of forms that no built-in one has. */
export const unusualDetectors: readonly Detector<EntityType>[] = [
  unusual(/(?<=pin code["']?[: =]{1,4}["']?)[\w!]{4,12}(?!\w)/i, {
    kind: "keyed",
    names: ["pin code"],
    reach: 6,
    memberValue: /\w{4,12}/,
  }),
  unusual(/(?<!\w)https?:\/\/hooks\.example\/[a-z]{3,8}/, {
    kind: "literal",
    literals: ["://hooks.example/"],
    lead: 5,
  }),
  unusual(/계좌[ \n]?[\d-]{4,12}/, { kind: "literal", literals: ["계좌"] }),
  unusual(/[a-f"\n]{0,5}\d{3}[a-f\n]/, { kind: "digits", run: 3, lead: 5, lone: true }),
  unusual(/[\w"é]{0,3}@\w{2}/, { kind: "at-sign", lead: 3 }),
  unusual(/😀{1,2}[é\t]?\d{2}/u, { kind: "literal", literals: ["😀"] }),
  {
    ...unusual(/(?<!\d)\d{3}-\d{2}(?!\d)/, { kind: "digits", run: 2 }),
    context: { raises: ["가나", "phone", "userSsn"], forbids: ["sk-"], reach: 12 },
  },
  {
    ...unusual(/(?<!\w)[x-z]{2}\d{2,5}(?!\w)/i, { kind: "digits", run: 2, lead: 2 }),
    context: { requires: ["Téléphone", "id", "카드"], raises: ["quick"], reach: 9 },
  },
  {
    ...unusual(/(?<![\w-])\d{4}(?![\w-])/, { kind: "digits", run: 4 }),
    context: { requires: ["cell", "ßx", "電話"], raises: ["id"], reach: 4 },
    samples: { finds: TABLES.map((text) => ({ text, why: "a table" })), ignores: [] },
  },
  unusual(/ÉTÉ\d/i, { kind: "literal", literals: ["été"], ignoreCase: true }),
];

function unusual(pattern: RegExp, anchor: Anchor): Detector<EntityType> {
  const samples = { finds: [], ignores: [] };
  return { id: pattern.source, entityType: "unusual", confidence: 0.5, anchor, pattern, samples };
}
