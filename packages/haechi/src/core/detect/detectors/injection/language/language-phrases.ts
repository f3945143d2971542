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
  /** By what the phrase is found: by the verb, or, where verbs are ordinary words, by scopes and wholes. */
  readonly foundBy?: "what";
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
    const { before, verb, after, lead } = phraseOf(row);
    const script = row.isJoined === true ? JOINED : SPACED;
    const anchors = row.foundBy === "what" ? [...(row.scopes ?? []), ...row.wholes] : row.verbs;
    return {
      id: row.language === "en" ? id : `${id}-${row.language}`,
      entityType: "injection",
      confidence,
      direction: "response",
      anchor: { kind: "literal", literals: literalsOf(anchors, script), ignoreCase: true, lead },
      pattern: phrasePattern([...before, verb, ...after], script),
      samples: row.samples,
    };
  });
}

interface Phrase {
  readonly before: readonly PhrasePart[];
  readonly verb: PhrasePart;
  readonly after: readonly PhrasePart[];
  /** How far behind its start that stands by which it is found. */
  readonly lead: number;
}

function phraseOf({ order, verbs, fillers, scopes = [], objects = [], wholes, foundBy }: LanguagePhrases): Phrase {
  const verb = { oneOf: verbs };
  const between = { upTo: 4, words: fillers };
  const within = { upTo: 2, words: fillers };
  const scope = { oneOf: scopes };
  const object = { oneOf: objects };
  const whole = [{ oneOf: wholes }];
  const hasScopes = scopes.length > 0;
  // A scope may stand behind its object.
  const beforeWhat = hasScopes ? [object, within] : [];
  if (order === "verb-last") {
    const what = hasScopes ? [[scope, within, object], whole] : [whole];
    const before = [{ either: what }, between];
    return { before, verb, after: [], lead: lengthOfAll(foundBy === "what" ? beforeWhat : before) };
  }
  const what = hasScopes ? [[scope, within, object], [object, within, scope], whole] : [whole];
  const lead = foundBy === "what" ? lengthOfAll([verb, between, ...beforeWhat]) : 0;
  return { before: [], verb, after: [between, { either: what }], lead };
}

/** Words written in one line, a `,` between them. */
export function words(line: string): readonly string[] {
  return line.split(",").map((word) => word.trim());
}
