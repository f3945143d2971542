import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Detector, DetectorSamples } from "../core/detect/detector.ts";
import type { EntityType } from "../core/detect/entity-type.ts";
import { checkAndCompile } from "../core/detect/rules/compile.ts";
import { scanDocument } from "../core/detect/scan/scan.ts";
import { sourceText } from "../core/document/leaf.ts";
import { textDocument } from "../core/document/text-document.ts";

/** Registers tests that hold a detector, alone, to its own samples and to any further ones. */
export function describeDetector(detector: Detector<EntityType>, extra?: Partial<DetectorSamples>): void {
  const find = findsOf(detector);
  describe(detector.id, () => {
    for (const { text, match = text, why } of [...detector.samples.finds, ...(extra?.finds ?? [])]) {
      test(`finds ${why}`, () => assert.deepEqual(find(text), [match]));
      test(`finds ${why}, with more text behind it`, () => assert.ok(find(`${text}\n${MORE}`).includes(match)));
    }
    for (const { text, why } of [...detector.samples.ignores, ...(extra?.ignores ?? [])]) {
      test(`ignores ${why}`, () => assert.deepEqual(find(text), []));
    }
  });
}

/** What a detector finds in a text when no other is asked. */
function findsOf(detector: Detector<EntityType>): (text: string) => string[] {
  const compiled = checkAndCompile([detector]);
  const options = { direction: detector.direction ?? "request", scanNumbers: true, decodeAndRescan: false } as const;
  return (text) => {
    const document = textDocument(new TextEncoder().encode(text));
    return scanDocument(document, compiled, options).map(({ start, end, leaf }) =>
      sourceText(document, start, end, leaf),
    );
  };
}

const MORE = "Nothing to be found in here, 1 or 2 figures aside.";
