import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Detector } from "../detect/detector.ts";
import type { EntityType } from "../detect/entity-type.ts";
import { seededDice } from "../detect/patterns/pattern-sampler.oracle.ts";
import { builtInDetectors } from "../detect/registry.ts";
import { type CompiledDetectors, compileDetectors } from "../detect/rules/compile.ts";
import { compileCustomRule } from "../detect/rules/custom-rule.ts";
import { unusualDetectors } from "../detect/rules/unusual-detectors.oracle.ts";
import { scanDocument } from "../detect/scan/scan.ts";
import { sampleText } from "../detect/scan/text-sampler.oracle.ts";
import { textDocument } from "../document/text-document.ts";
import { openStreamScanner, type StreamScanner, type TextFinding } from "./stream-scanner.ts";

const compiled = compileDetectors(builtInDetectors);
const UNHURRIED = { direction: "response", heldMax: 100_000 } as const;

describe("scanning a stream", () => {
  for (const [which, detectors] of Object.entries({
    "the built-in rules": builtInDetectors,
    "other rules": unusualDetectors,
  })) {
    it(`finds with ${which}, however the text is cut, what a scan of the whole text finds`, () => {
      const tables = compileDetectors(detectors);
      const sampled = detectors.filter((detector) => !isAnchoredFar(detector));
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, pieceMax) => {
          const dice = seededDice(seed);
          // What few rules look for stands together more often than what hundreds do.
          const few = Array.from({ length: 3 }, () => sampled[dice(sampled.length)]!);
          // A stream does not know the header of a column, nor whether any of the text will be
          // disguised, which is when a control in it may be a disguise.
          const text = sampleText(few, dice)
            .toWellFormed()
            .replace(/[\t,;|]|(?![\r\n])\p{Cc}/gu, " ");
          const { released, findings } = streamed(openStreamScanner(tables, UNHURRIED), cut(text, pieceMax, dice));
          assert.equal(released, text);
          assert.deepEqual(seenIn(text, findings), seenIn(text, atOnce(text, tables)));
        }),
        { numRuns: LAW_RUNS },
      );
    });
  }

  it("never holds more than it may, and lets all text go unchanged", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 8, max: 80 }), (seed, heldMax) => {
        const dice = seededDice(seed);
        const text = sampleText(builtInDetectors, dice).toWellFormed();
        const scanner = openStreamScanner(compiled, { direction: "response", heldMax });
        let released = "";
        for (const piece of cut(text, 20, dice)) {
          released += scanner.push(piece).text;
          // A finding that is decided may go on only as a whole.
          assert.ok(scanner.heldLength <= heldMax);
        }
        assert.equal(released + scanner.end().text, text);
      }),
      { numRuns: 300 },
    );
  });

  it("finds a value whose name has already gone on", () => {
    const text = `the password: ${VALUE} is mine`;
    for (let at = 1; at < text.length; at++) {
      const { findings } = streamed(openStreamScanner(compiled, UNHURRIED), [text.slice(0, at), text.slice(at)]);
      assert.deepEqual(findings, [
        { ruleId: "assignment-secret", confidence: 0.85, start: 14, end: 14 + VALUE.length },
      ]);
    }
  });

  it("holds ordinary prose for about a word", () => {
    const scanner = openStreamScanner(compiled, { direction: "response", heldMax: 256 });
    for (const word of "The quick brown fox jumps over the lazy dog, and so it goes on and on.".split(/(?<= )/)) {
      scanner.push(word);
      assert.ok(scanner.heldLength <= 12, `${word}: ${scanner.heldLength}`);
    }
  });

  it("does not hold every brace for a literal that may stand thousands of characters behind it", () => {
    const scanner = openStreamScanner(compiled, { direction: "response", heldMax: 256 });
    for (const word of `if (x) { ${"this and that; ".repeat(20)}`.split(/(?<= )/)) {
      scanner.push(word);
      assert.ok(scanner.heldLength <= 32, `${word}: ${scanner.heldLength}`);
    }
  });

  for (const { what, before, secret } of longSecrets()) {
    it(`covers ${what} that is longer than what may be held with findings that touch`, () => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const text = `${before}${secret} and so on, with more words to follow it`;
          const scanner = openStreamScanner(compiled, { direction: "response", heldMax: 128 });
          const { released, findings } = streamed(scanner, cut(text, 30, seededDice(seed)));
          assert.equal(released, text);
          let covered = before.length;
          for (const { start, end } of findings.sort(inOrder)) if (start <= covered) covered = Math.max(covered, end);
          // Little of what follows goes with it.
          const wanted = before.length + secret.length;
          assert.ok(covered >= wanted && covered <= wanted + 8, `${covered} instead of ${wanted}`);
        }),
        { numRuns: 40 },
      );
    });
  }

  it("runs an operator's rule that needs the linear matcher in a window of what may be held", () => {
    const rule = compileCustomRule({ id: "order", type: "order_number", pattern: "\\bORD-\\w+-X\\b" });
    assert.equal(rule.kind, "linear");
    const custom = compileDetectors([], [rule]);
    const text = `${"word ".repeat(20)}ORD-${"1a".repeat(10)}-X ${"word ".repeat(20)}`;
    for (let pieceMax = 1; pieceMax < 30; pieceMax++) {
      const scanner = openStreamScanner(custom, { direction: "request", heldMax: 64 });
      const { released, findings } = streamed(scanner, cut(text, pieceMax, seededDice(pieceMax)));
      assert.equal(released, text);
      assert.deepEqual(findings, [{ ruleId: "order", confidence: 0.7, start: 100, end: 126 }]);
    }
  });
});

/** Many more in a long run. */
const LAW_RUNS = 4 * (fc.readConfigureGlobal().numRuns ?? 100);

/** A stream waits for the literal of such a rule only a short while. */
function isAnchoredFar({ anchor }: Detector<EntityType>): boolean {
  return anchor.kind === "literal" && (anchor.lead ?? 0) > 512;
}

const VALUE = "hunter2!Zq";

function longSecrets(): readonly { readonly what: string; readonly before: string; readonly secret: string }[] {
  const line = `${"MIIEvQIBADAN".repeat(5)}\n`;
  const key = `-----BEGIN RSA ${"PRIVATE"} KEY-----\n${line.repeat(25)}-----END RSA ${"PRIVATE"} KEY-----`;
  const token = `eyJ${"hbGciOiJIUzI1NiJ9"}.eyJ${"zdWIiOiIxMjM0In0".repeat(60)}.${"c2ln".repeat(50)}`;
  return [
    { what: "a JSON Web Token", before: "see ", secret: token },
    { what: "a private key", before: "see ", secret: key },
    { what: "an assigned value", before: "token=", secret: "aB3dE6gH9".repeat(55) },
  ];
}

interface Place {
  readonly ruleId: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

function cut(text: string, pieceMax: number, dice: (bound: number) => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + dice(pieceMax);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** All that the scanner lets go, with findings at their place in the whole text. */
function streamed(scanner: StreamScanner, pieces: readonly string[]): { released: string; findings: Place[] } {
  let released = "";
  const findings: Place[] = [];
  const take = (progress: { text: string; findings: readonly TextFinding[] }) => {
    for (const { ruleId, confidence, start, end } of progress.findings) {
      assert.ok(start >= 0 && start < end && end <= progress.text.length);
      findings.push({ ruleId, confidence, start: released.length + start, end: released.length + end });
    }
    released += progress.text;
  };
  for (const piece of pieces) take(scanner.push(piece));
  take(scanner.end());
  assert.equal(scanner.heldLength, 0);
  return { released, findings };
}

function atOnce(text: string, tables: CompiledDetectors): Place[] {
  const bytes = new TextEncoder().encode(text);
  const unitAt = (byte: number) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, byte)).length;
  return scanDocument(textDocument(bytes), tables, {
    direction: "response",
    scanNumbers: true,
    decodeAndRescan: false,
  })
    .map(({ ruleId, confidence, start, end }) => ({ ruleId, confidence, start: unitAt(start), end: unitAt(end) }))
    .sort(inOrder);
}

/**
 * The findings as they are seen: without what is invisible at their ends. Whether that
 * goes along may differ, as a text is read with and without its disguise.
 */
function seenIn(text: string, findings: readonly Place[]): Place[] {
  const seen = findings.map((place) => {
    const invisible = /[\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}]+$/u.exec(text.slice(place.start, place.end));
    return { ...place, end: place.end - (invisible?.[0].length ?? 0) };
  });
  return [...new Map(seen.map((place) => [`${place.ruleId} ${place.start} ${place.end}`, place])).values()].sort(
    inOrder,
  );
}

function inOrder(a: Place, b: Place): number {
  return a.start - b.start || b.end - a.end || (a.ruleId < b.ruleId ? -1 : 1);
}
