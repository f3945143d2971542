import type { Detector, DetectorSamples } from "../../../detector.ts";
import { JOINED, lengthOfAll, literalsOf, type PhrasePart, phrasePattern, SPACED } from "./phrase.ts";

/** How one language says "do this to that": with the verb before its object or behind it. */
export interface LanguagePhrases {
  /** ISO 639-1; the end of the rule id, but for English. */
  readonly language: string;
  readonly order: "verb-first" | "verb-last";
  /** Words are not set apart by blanks. */
  readonly isJoined?: true;
  readonly verbs: readonly string[];
  /** Words that may stand between the others. */
  readonly fillers: readonly string[];
  /** Which one: "previous", "your". None where only `wholes` will do. */
  readonly scopes?: readonly string[];
  /** What: "instructions". */
  readonly objects?: readonly string[];
  /** Objects that need no scope: "everything above". */
  readonly wholes: readonly string[];
  readonly samples: DetectorSamples;
}

export interface PhraseFamily {
  readonly id: string;
  readonly confidence: number;
  readonly rows: readonly LanguagePhrases[];
}

/** A detector for each language of a family. */
export function phraseDetectors({ id, confidence, rows }: PhraseFamily): readonly Detector[] {
  return rows.map((row) => {
    const { before, verb, after } = phraseOf(row);
    const script = row.isJoined === true ? JOINED : SPACED;
    return {
      id: row.language === "en" ? id : `${id}-${row.language}`,
      entityType: "injection",
      confidence,
      direction: "response",
      anchor: { kind: "literal", literals: literalsOf(row.verbs, script), ignoreCase: true, lead: lengthOfAll(before) },
      pattern: phrasePattern([...before, verb, ...after], script),
      samples: row.samples,
    };
  });
}

interface Phrase {
  readonly before: readonly PhrasePart[];
  readonly verb: PhrasePart;
  readonly after: readonly PhrasePart[];
}

function phraseOf({ order, verbs, fillers, scopes = [], objects = [], wholes }: LanguagePhrases): Phrase {
  const verb = { oneOf: verbs };
  const between = { upTo: 4, words: fillers };
  const within = { upTo: 2, words: fillers };
  const scope = { oneOf: scopes };
  const object = { oneOf: objects };
  const whole = [{ oneOf: wholes }];
  const hasScopes = scopes.length > 0;
  if (order === "verb-last") {
    const what = hasScopes ? [[scope, within, object], whole] : [whole];
    return { before: [{ either: what }, between], verb, after: [] };
  }
  const what = hasScopes ? [[scope, within, object], [object, within, scope], whole] : [whole];
  return { before: [], verb, after: [between, { either: what }] };
}

/** Words written in one line, a `,` between them. */
export function words(line: string): readonly string[] {
  return line.split(",").map((word) => word.trim());
}
