import type { Direction, Finding } from "../../core/detect/finding.ts";
import { type JsonDocument, STRING_LEAF } from "../../core/document/json-document.ts";
import { HaechiError } from "../../core/errors.ts";
import { decodeLeaf, type NormalizedText } from "../../core/normalize/normalize.ts";
import type { ExternalDetector, ExternalSpan } from "../../ports/external-detector.ts";

/** A detector outside the process, and what holds for asking it. */
export interface ExternalDetection {
  readonly detector: ExternalDetector;
  readonly directions: ReadonlySet<Direction>;
  /** For one document, all its texts together. */
  readonly timeoutMs: number;
  /** What becomes of a document about which it does not answer. */
  readonly onFailure: "block" | "continue";
}

export interface ExternalFindings {
  readonly findings: readonly Finding[];
  /** Detectors that did not answer and whose absence is tolerated; to be recorded. */
  readonly unanswered: number;
}

/**
 * What the external detectors find in the string values of a document. All are asked
 * at once.
 * @throws HaechiError DETECTOR_UNAVAILABLE when one does not answer in time, or with
 * something else than spans of the texts, and its absence is not tolerated
 */
export async function findExternally(
  document: JsonDocument,
  direction: Direction,
  detections: readonly ExternalDetection[],
): Promise<ExternalFindings> {
  const asked = detections.filter(({ directions }) => directions.has(direction));
  const texts = asked.length === 0 ? [] : textsOf(document);
  if (texts.length === 0) return NOTHING_FOUND;
  const answers = await Promise.all(asked.map((detection) => ask(detection, texts, direction)));
  return {
    findings: answers.flatMap((findings) => findings ?? []),
    unanswered: answers.filter((findings) => findings === null).length,
  };
}

const NOTHING_FOUND: ExternalFindings = { findings: [], unanswered: 0 };

/** Texts that go into one question; a longer one goes alone. */
const QUESTION_LENGTH_MAX = 65_536;

interface LeafText {
  readonly leaf: number;
  readonly text: string;
  readonly source: NormalizedText;
}

/** Null when the detector did not answer and that is tolerated. */
async function ask(
  { detector, timeoutMs, onFailure }: ExternalDetection,
  texts: readonly LeafText[],
  direction: Direction,
): Promise<readonly Finding[] | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const findings: Finding[] = [];
    for (const question of questionsOf(texts)) {
      const answer = detector.detect(
        question.map(({ text }) => text),
        { direction, signal },
      );
      findings.push(...readAnswer(await beforeAbort(answer, signal), question, detector.id));
    }
    return findings;
  } catch (cause) {
    if (onFailure === "continue") return null;
    throw new HaechiError("DETECTOR_UNAVAILABLE", "An external detector did not answer", {
      cause,
      reason: signal.aborted ? "external_detector_timeout" : "external_detector_failed",
    });
  }
}

/** A detector that ignores its signal is not waited for either. */
function beforeAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** String values that hold a word; keys and numbers name nobody. */
function textsOf(document: JsonDocument): readonly LeafText[] {
  const { leaves } = document;
  const texts: LeafText[] = [];
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== STRING_LEAF || leaves.start[leaf] === leaves.end[leaf]) continue;
    const source = decodeLeaf(document, leaf);
    const text = utf8.decode(source.bytes);
    if (/\p{L}{2}/u.test(text)) texts.push({ leaf, text, source });
  }
  return texts;
}

function questionsOf(texts: readonly LeafText[]): readonly (readonly LeafText[])[] {
  const questions: LeafText[][] = [];
  let room = 0;
  for (const one of texts) {
    if (one.text.length > room) {
      questions.push([]);
      room = QUESTION_LENGTH_MAX;
    }
    questions.at(-1)!.push(one);
    room -= one.text.length;
  }
  return questions;
}

function readAnswer(
  answer: readonly (readonly ExternalSpan[])[],
  question: readonly LeafText[],
  detectorId: string,
): readonly Finding[] {
  if (answer.length !== question.length) throw new TypeError("an answer for each text is expected");
  return answer.flatMap((spans, index) => {
    if (spans.length === 0) return [];
    const { leaf, text, source } = question[index]!;
    const byteOf = byteOffsets(text);
    return spans.map((span) => {
      if (!isSpanOf(text, span)) throw new TypeError("a span within its text is expected");
      return {
        leaf,
        entityType: span.type,
        ruleId: `external:${detectorId}`,
        confidence: span.confidence,
        start: source.sourceStart[byteOf(span.start)]!,
        end: source.sourceEnd[byteOf(span.end) - 1]!,
      };
    });
  });
}

function isSpanOf(text: string, { type, start, end, confidence }: ExternalSpan): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start < end &&
    end <= text.length &&
    confidence >= 0 &&
    confidence <= 1 &&
    ENTITY_TYPE.test(type)
  );
}

/** Offsets in UTF-16 units as offsets in UTF-8; a half of a surrogate pair counts as the whole. */
function byteOffsets(text: string): (unit: number) => number {
  let at = 0;
  let bytes = 0;
  return (unit) => {
    if (unit < at) {
      at = 0;
      bytes = 0;
    }
    bytes += encoder.encode(text.slice(at, unit)).length;
    at = unit;
    return bytes;
  };
}

const ENTITY_TYPE = /^[a-z][a-z0-9_]{0,63}$/;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();
