import { detect } from "../../packages/haechi/src/core/detect/detect.ts";
import type { Detector } from "../../packages/haechi/src/core/detect/detector.ts";
import { compileDetectors } from "../../packages/haechi/src/core/detect/rules/compile.ts";

/**
 * How often a random value of the same shape passes: the samples of the detectors with
 * every digit and letter drawn anew, everything else as it was. 0 to 1; the draw is
 * the same every time.
 */
export function collisionRate(detectors: readonly Detector[]): number {
  const random = linearCongruential(20_260_101);
  let drawn = 0;
  let passed = 0;
  for (const detector of detectors) {
    const compiled = compileDetectors([detector]);
    for (const { text, match = text } of detector.samples.finds) {
      const at = text.indexOf(match);
      if (at === -1) continue;
      for (let round = 0; round < DRAWS_PER_SAMPLE; round++) {
        const value = redrawn(match, random);
        const tried = text.slice(0, at) + value + text.slice(at + match.length);
        const direction = detector.direction ?? "request";
        const found = detect(tried, { direction, detectors: compiled });
        drawn++;
        if (found.some(({ start, end }) => start <= at && end >= at + match.length)) passed++;
      }
    }
  }
  return drawn === 0 ? 0 : passed / drawn;
}

const DRAWS_PER_SAMPLE = 100;

function redrawn(value: string, random: () => number): string {
  const pick = (alphabet: string) => alphabet.charAt(Math.floor(random() * alphabet.length));
  return value
    .replace(/[0-9]/g, () => pick("0123456789"))
    .replace(/[A-Z]/g, () => pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    .replace(/[a-z]/g, () => pick("abcdefghijklmnopqrstuvwxyz"));
}

/** Numbers from 0 to 1, the same for the same seed (Numerical Recipes, §7.1). */
function linearCongruential(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
