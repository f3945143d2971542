import type { ContextWords, Detector, DetectorSamples } from "../../../detector.ts";
import { lazily } from "../../../lazily.ts";
import { orSpokenOf } from "../signals/signal.ts";
import { JOINED, lengthOfAll, literalLead, literalsOf, type PhrasePart, phrasePattern, SPACED } from "./phrase.ts";

/**
 * How one language says "do this to that": with the verb before its object or behind it. Words stand in one line, a
 * `,` between them.
 */
export interface LanguagePhrases {
  /** ISO 639-1; the end of the rule id, but for English. */
  readonly language: string;
  readonly order: "verb-first" | "verb-last";
  /** Words are not set apart by blanks. */
  readonly isJoined?: true;
  readonly verbs: string;
  /** Words that may stand between the others. */
  readonly fillers: string;
  /** Which one: "previous", "your". None where only `wholes` will do. */
  readonly scopes?: string;
  /** What: "instructions". */
  readonly objects?: string;
  /** Objects that need no scope: "everything above". */
  readonly wholes: string;
  /** By what the phrase is found: by the verb, or, where verbs are ordinary words, by scopes and wholes. */
  readonly foundBy?: "what";
  readonly samples: DetectorSamples;
}

export interface PhraseFamily {
  readonly id: string;
  readonly confidence: number;
  readonly rows: readonly LanguagePhrases[];
  readonly context?: ContextWords;
}

/** A detector for each language of a family. Its words are read when somebody asks for them. */
export function phraseDetectors({ id, confidence, rows, context }: PhraseFamily): readonly Detector[] {
  return rows.map((row) => {
    const script = row.isJoined === true ? JOINED : SPACED;
    const phrase = lazily(() => phraseOf(row));
    const foundBy = lazily(() =>
      row.foundBy === "what" ? [...words(row.scopes), ...words(row.wholes)] : words(row.verbs),
    );
    const literals = lazily(() => literalsOf(foundBy(), script));
    const pattern = lazily(() => {
      const { before, verb, after } = phrase();
      return phrasePattern([...before, verb, ...after], script);
    });
    return {
      id: row.language === "en" ? id : `${id}-${row.language}`,
      entityType: "injection",
      confidence,
      direction: "response",
      anchor: {
        kind: "literal",
        get literals() {
          return literals();
        },
        ignoreCase: true,
        get lead() {
          return phrase().lead + literalLead(foundBy(), script);
        },
      },
      get pattern() {
        return pattern();
      },
      context: orSpokenOf(context),
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

function phraseOf(row: LanguagePhrases): Phrase {
  const { order, foundBy } = row;
  const fillers = words(row.fillers);
  const scopes = words(row.scopes);
  const verb = { oneOf: words(row.verbs) };
  const between = { upTo: 4, words: fillers };
  const within = { upTo: 2, words: fillers };
  const scope = { oneOf: scopes };
  const object = { oneOf: words(row.objects) };
  const whole = [{ oneOf: words(row.wholes) }];
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

function words(line: string | undefined): readonly string[] {
  const written = line === undefined ? [] : line.split(",").map((word) => word.trim());
  // Folded, and in texts typed without it, the dotless i is an i.
  return written.flatMap((word) => (word.includes("ı") ? [word, word.replaceAll("ı", "i")] : [word]));
}
