import type { Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import { type Dice, samplePattern } from "../patterns/pattern-sampler.oracle.ts";

/** A text in which the detectors find, nearly find and do not find something. */
export function sampleText(detectors: readonly Detector<EntityType>[], dice: Dice): string {
  const pieces = Array.from({ length: 1 + dice(8) }, () => samplePiece(detectors, dice));
  return pieces.join("");
}

const NOISE = [
  ...'" \\ / \n \t - . _ : = + @ , ; ( ) [ ] { } < > # %'.split(" ").filter((piece) => piece !== ""),
  ..." |, |. | - |: |\n|12 |0|4111|2024-01-31|a|x1|-----".split("|"),
  ..."sk-,eyJ,AC,SK,Bearer,password,token=,phone,전화 ,카드,ssn,userSsn,IBAN".split(","),
  ..."가나다,日本語,é,😀,\u200b,\u00ad,\uff11\uff12,\uff20,\u2013,“,：,ー".split(","),
  "The quick brown fox jumps over the lazy dog. ",
  "a.b@c.de",
];

function samplePiece(detectors: readonly Detector<EntityType>[], dice: Dice): string {
  const detector = detectors[dice(detectors.length)]!;
  switch (dice(6)) {
    case 0:
    case 1:
      return NOISE[dice(NOISE.length)]!;
    case 2:
      return mutated(samplePattern(detector.pattern, dice), dice);
    case 3:
      return samplePattern(detector.pattern, dice);
    case 4:
      return context(detector, dice);
    default: {
      const { finds, ignores } = detector.samples;
      const samples = [...finds, ...ignores];
      const sample = samples[dice(Math.max(samples.length, 1))]?.text ?? "";
      return dice(3) === 0 ? mutated(sample, dice) : sample;
    }
  }
}

function context({ context, anchor }: Detector<EntityType>, dice: Dice): string {
  const words = [...(context?.requires ?? []), ...(context?.forbids ?? []), ...(context?.raises ?? [])];
  if (anchor.kind === "keyed") words.push(...anchor.names);
  return words.length === 0 ? " " : `${words[dice(words.length)]}${[" ", ": ", "", "=", '": "', "X"][dice(6)]}`;
}

function mutated(text: string, dice: Dice): string {
  const at = dice(text.length + 1);
  const noise = NOISE[dice(NOISE.length)]!;
  return text.slice(0, at) + (dice(2) === 0 ? "" : noise) + text.slice(at + dice(2));
}
