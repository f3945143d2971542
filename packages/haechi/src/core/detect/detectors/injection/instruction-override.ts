import type { Detector } from "../../detector.ts";
import { phraseDetectors } from "./language/language-phrases.ts";
import { chinese, japanese, korean } from "./override/east-asian.ts";
import { dutch, english, german } from "./override/germanic.ts";
import { arabic, turkish } from "./override/middle-eastern.ts";
import { french, italian, portuguese, spanish } from "./override/romance.ts";
import { polish, russian } from "./override/slavic.ts";
import { hindi, indonesian, vietnamese } from "./override/southern-asian.ts";

// A text that is read, not written, by the user tells the model to drop what it was told.
export const instructionOverrides: readonly Detector[] = phraseDetectors({
  id: "injection-instruction-override",
  confidence: 0.7,
  rows: [
    english,
    korean,
    japanese,
    chinese,
    german,
    french,
    spanish,
    portuguese,
    italian,
    russian,
    dutch,
    polish,
    vietnamese,
    indonesian,
    arabic,
    hindi,
    turkish,
  ],
});
