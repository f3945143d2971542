import type { Detector, DetectorSamples } from "../detector.ts";
import type { BuiltInEntityType } from "../entity-type.ts";
import { lazily } from "../lazily.ts";
import { standing } from "./edges.ts";
import { anyOf, inTechnicalNumber } from "./surroundings.ts";

/** One number of one country, as a row of a table: the forms it is printed in and what it is called. */
export interface NumberRow {
  /** Country and number, such as `se-personnummer`. */
  readonly id: string;
  readonly entityType: BuiltInEntityType;
  /** What it is called in its country and in English; `_`, `-` and nothing may stand for a blank, a plain letter for an accented one. */
  readonly labels: readonly string[];
  /** Source of the forms that count when the number is called by a label. */
  readonly labelled?: string;
  /** Source of the forms that count wherever they stand: distinctive ones. */
  readonly telling?: string;
  /** True when the telling forms have a punctuation of other numbers too, and one in 200 of those passes: then they count only where few other digits stand around. */
  readonly isCommon?: boolean;
  /** Source of the forms that count as the whole of a text: those that few random numbers have. */
  readonly alone?: string;
  /** Every form holds so many digits in a row (3 when absent), which begin at most `lead` characters after its start (0 when absent). */
  readonly run?: number;
  readonly lead?: number;
  readonly ignoreCase?: boolean;
  readonly accepts?: (match: string) => boolean;
  /** Words which tell that a labelled number is something else. */
  readonly forbids?: readonly string[];
  readonly examples: {
    readonly labelled?: readonly string[];
    readonly telling?: readonly string[];
    readonly alone?: readonly string[];
    /** Found in no way. */
    readonly wrong?: readonly string[];
  };
}

/**
 * A detector for what is found without a label, named as the row, and one for what is found by its label.
 * What a text decides whether anybody asks for, such as the pattern, is made when somebody does.
 */
export function numberDetectors(rows: readonly NumberRow[]): Detector[] {
  return rows.flatMap((row) => {
    const free = freeShape(row);
    const labelled = row.labelled === undefined ? [] : [labelledDetector(row, row.labelled, free !== null)];
    return free === null ? labelled : [freeDetector(row, free), ...labelled];
  });
}

// A label further away belongs to something else; of a longer label, the last words will do.
const REACH = 48;

function freeShape({ telling, alone }: NumberRow): string | null {
  const whole = alone === undefined ? undefined : `(?<![\\s\\S])(?:${alone})(?![\\s\\S])`;
  const shapes = [telling, whole].filter((shape) => shape !== undefined);
  return shapes.length === 0 ? null : `(?:${shapes.join("|")})`;
}

function freeDetector(row: NumberRow, shape: string): Detector {
  const words = lazily(() => wordForms(row.labels));
  const pattern = lazily(() => patternOf(row, shape));
  return {
    ...common(row),
    id: row.id,
    confidence: row.telling === undefined ? 0.6 : 0.8,
    get pattern() {
      return pattern();
    },
    context: {
      get raises() {
        return words();
      },
      rejects: row.isCommon === true ? inTechnicalNumberOrTable : inTechnicalNumber,
      reach: REACH,
    },
    get samples() {
      return freeSamples(row);
    },
  };
}

function freeSamples({ examples }: NumberRow): DetectorSamples {
  const { labelled = [], telling = [], alone = [], wrong = [] } = examples;
  const bare = labelled.filter((value) => !telling.includes(value));
  return {
    // Samples are tried with more text behind them too, so forms that stand alone are none.
    finds: [
      ...telling.map((value) => ({ text: `It is ${value}.`, match: value, why: `${value} in a sentence` })),
      ...telling.map((value) => ({ text: `"${value}",`, match: value, why: `${value} in quotes` })),
    ],
    ignores: [
      ...[...telling, ...alone].map((value) => ({ text: `x${value}`, why: `${value} as a piece of a word` })),
      ...[...telling, ...alone].map((value) => ({ text: `1${value}3`, why: `${value} as a piece of a number` })),
      ...wrong.map((value) => ({ text: value, why: `${value}, which is none` })),
      ...bare.map((value) => ({ text: `of ${value} at`, why: `${value} in a text that does not name it` })),
    ],
  };
}

function labelledDetector(row: NumberRow, shape: string, hasFree: boolean): Detector {
  const words = lazily(() => wordForms(row.labels));
  const pattern = lazily(() => patternOf(row, `(?:${shape})`));
  return {
    ...common(row),
    id: hasFree ? `${row.id}-labelled` : row.id,
    confidence: 0.8,
    get pattern() {
      return pattern();
    },
    context: {
      get requires() {
        return words();
      },
      ...(row.forbids && { forbids: row.forbids }),
      rejects: inTechnicalNumber,
      reach: REACH,
    },
    get samples() {
      return labelledSamples(row);
    },
  };
}

function labelledSamples({ labels: [label = ""], examples }: NumberRow): DetectorSamples {
  const { labelled = [], wrong = [] } = examples;
  return {
    finds: [
      ...labelled.map((value) => ({ text: `${label}: ${value}`, match: value, why: `${value} behind its label` })),
      ...labelled.map((value) => ({ text: `${value} (${label})`, match: value, why: `${value} before its label` })),
    ],
    ignores: [
      ...labelled.map((value) => ({ text: `of ${value} at`, why: `${value} without a label` })),
      ...wrong.map((value) => ({ text: `${label}: ${value}`, why: `${value}, which is none` })),
    ],
  };
}

function common({ entityType, run = 3, lead = 0, accepts }: NumberRow) {
  return { entityType, anchor: { kind: "digits", run, lead }, ...(accepts && { accepts }) } as const;
}

function patternOf({ ignoreCase }: NumberRow, shape: string): RegExp {
  return new RegExp(standing(shape), ignoreCase ? "i" : "");
}

const inTechnicalNumberOrTable = anyOf(inTechnicalNumber, amongDigits);

/** In a table or a log: of the characters around, one in six is a digit. */
function amongDigits(before: string, after: string): boolean {
  const around = before + after;
  const digits = around.replace(/\D/g, "").length;
  return digits > 8 && digits * 6 > around.length;
}

/** A label in the ways in which it is written in text, in keys and in column names. */
function wordForms(labels: readonly string[]): string[] {
  const spelled = [...new Set(labels.flatMap((label) => [label, withoutAccents(label)]))];
  const asWords = spelled.map((label) => ` ${label} `);
  const forms = spelled.flatMap((label, index) => {
    if (!label.includes(" ")) return [label];
    // Of what another label is a word of, only the spelling as one word says more.
    const isImplied = asWords.some((other, at) => at !== index && asWords[index]!.includes(other));
    return (isImplied ? [""] : [" ", "_", "-", ""]).map((blank) => label.replaceAll(" ", blank));
  });
  return [...new Set(forms)];
}

function withoutAccents(label: string): string {
  return IS_ASCII.test(label) ? label : label.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
}

const IS_ASCII = /^[ -~]*$/;
